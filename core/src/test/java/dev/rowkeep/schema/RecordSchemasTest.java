package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.merge.MergeRule;
import dev.rowkeep.schema.annotation.Coerce;
import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Default;
import dev.rowkeep.schema.annotation.Format;
import dev.rowkeep.schema.annotation.Indexed;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Length;
import dev.rowkeep.schema.annotation.Max;
import dev.rowkeep.schema.annotation.Merge;
import dev.rowkeep.schema.annotation.Min;
import dev.rowkeep.schema.annotation.OneOf;
import dev.rowkeep.schema.annotation.Pattern;
import dev.rowkeep.schema.annotation.Required;
import dev.rowkeep.schema.annotation.Store;
import dev.rowkeep.schema.annotation.Unique;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Schemas read from record classes. */
@SuppressWarnings("ArrayRecordComponent") // byte[] is a component type that is tested.
final class RecordSchemasTest {
    @Store("goods")
    private record Product(
            @Key String sku,

            @Required @Length(min = 1, max = 40) @Pattern("[^<>]*")
            String name,

            @Decimal(precision = 8, scale = 2) @Min("0") @Max("1,000") @Merge(MergeRule.SUM)
            BigDecimal price,

            @Default("0") int stock,
            @Unique @Indexed @Nullable String barcode,

            @Format("MMM dd yyyy") @Coerce(Coercion.LENIENT) @Nullable
            LocalDate since,

            @OneOf({"red", "green"}) @Nullable String colour) {}

    private static final Schema<String, Product> GOODS = Schema.of(String.class, Product.class);

    private record NoKey(String a) {}

    private record TwoKeys(@Key String a, @Key String b) {}

    private record WithOptional(@Key String a, Optional<String> b) {}

    private record WithList(@Key String a, List<String> b) {}

    private record WithNumbers(@Key String a, Set<Integer> b) {}

    private record WithFloat(@Key String a, float b) {}

    private record WithBareDecimal(@Key String a, BigDecimal b) {}

    private record WithDecimalText(
            @Key String a,
            @Decimal(precision = 1, scale = 0) String b) {}

    private record WithBadMin(@Key String a, @Min("many") long b) {}

    private record WithBadDefault(
            @Key String a, @Min("1") @Default("0") long b) {}

    private record WithDateKey(@Key LocalDate a) {}

    private record WithDefaultKey(@Key @Default("a") String a) {}

    private record WithIndexedSet(@Key String a, @Indexed Set<String> b) {}

    private record WithGeneric<T>(@Key String a, T b) {}

    private record OrderLine(@Key UUID id) {}

    private record ByInt(@Key int id, short small, @Nullable Integer boxed, byte[] raw) {}

    @Test
    void componentsAndAnnotationsMakeTheSchema() {
        assertThat(GOODS.name()).isEqualTo("goods");
        assertThat(GOODS.key()).isEqualTo(Column.text("sku"));
        assertThat(GOODS.columns())
                .containsExactly(
                        Column.text("name"),
                        Column.decimal("price", 8, 2),
                        Column.integer("stock"),
                        Column.text("barcode"),
                        Column.date("since"),
                        Column.text("colour"));
        assertThat(GOODS.column("name").isRequired()).isTrue();
        assertThat(GOODS.column("price").mergeRule()).isEqualTo(MergeRule.SUM);
        assertThat(GOODS.column("stock").isRequired()).isTrue();
        assertThat(GOODS.column("stock").canonicalDefault()).isEqualTo(0L);
        assertThat(GOODS.column("barcode").isUnique()).isTrue();
        assertThat(GOODS.column("since").format()).contains("MMM dd yyyy");
        assertThat(GOODS.column("since").coercion()).isEqualTo(Coercion.LENIENT);
        assertThat(GOODS.indexes()).containsExactly(new Schema.Index(List.of("barcode")));
        assertThat(GOODS.needsCaller()).as("it has a pattern").isTrue();
    }

    @Test
    void everyRuleOfTheAnnotationsIsTested() {
        Map<String, Object> raw =
                Map.of("sku", "a", "name", "<", "price", "1000.01", "stock", 1L << 31, "colour", "blue");

        assertThat(GOODS.parse(raw).verdict().violations())
                .extracting(it -> it.column() + " " + it.rule())
                .containsExactly("name pattern", "price max", "stock range", "colour oneOf");
    }

    @Test
    void aRawRowBecomesARecord() {
        Map<String, Object> raw = Map.of("sku", "a", "name", "cheese", "price", 2, "since", " jun 12 1998");

        assertThat(GOODS.parse(raw).value())
                .contains(new Product("a", "cheese", new BigDecimal("2.00"), 0, null, LocalDate.of(1998, 6, 12), null));
    }

    @Test
    void theStoreIsCalledLikeTheClassInSnakeCase() {
        assertThat(Schema.of(UUID.class, OrderLine.class).name()).isEqualTo("order_line");
        assertThat(RecordSchemas.snakeCase("HTTPCall2Log")).isEqualTo("http_call2_log");
        assertThat(RecordSchemas.snakeCase("Film")).isEqualTo("film");
    }

    @Test
    void narrowNumbersAndArraysTakeTheFormOfTheirColumns() {
        Schema<Long, ByInt> schema = Schema.of(long.class, ByInt.class);
        ByInt value = new ByInt(7, (short) 3, null, new byte[] {1});

        assertThat(schema.mapping().key(value)).isEqualTo(7L);
        assertThat(schema.mapping().cells(value)).containsExactly(3L, null, Bytes.of((byte) 1));
        ByInt read = schema.mapping().value(7L, new Object[] {3L, 4L, Bytes.of((byte) 1)});
        assertThat(read).usingRecursiveComparison().isEqualTo(new ByInt(7, (short) 3, 4, new byte[] {1}));
        assertThat(schema.judgeKey(1L << 31)).isInstanceOf(CellVerdict.Rejected.class);
        assertThat(schema.judge(7L, new Object[] {1L << 15, 1L << 31, Bytes.of()})
                        .violations())
                .extracting(it -> it.column() + " " + it.rule())
                .containsExactly("small range", "boxed range");
    }

    @Test
    void aClassThatIsNotFitIsRefusedWithTheComponentAndTheChange() {
        assertRefused(NoKey.class, "no key", "@Key");
        assertRefused(TwoKeys.class, "two keys, a and b", "@Unique");
        assertRefused(WithOptional.class, "Component b", "null where a value may be missing");
        assertRefused(WithList.class, "Component b", "Use Set<String>, or Json");
        assertRefused(WithNumbers.class, "Component b", "Set<String>");
        assertRefused(WithFloat.class, "Component b", "Use double.");
        assertRefused(WithBareDecimal.class, "Component b", "@Decimal(precision");
        assertRefused(WithDecimalText.class, "@Decimal on component b", "BigDecimal");
        assertRefused(WithBadMin.class, "@Min of column b", "whole number such as 12");
        assertRefused(WithBadDefault.class, "default of column b", "rule min");
        assertRefused(WithDateKey.class, "component a, is LocalDate", "not String");
        assertRefused(WithDefaultKey.class, "Component a", "Remove @Merge and @Default");
        assertRefused(WithIndexedSet.class, "@Indexed on component b", "no order");
        assertRefused(WithGeneric.class, "Component b", "has the type T");
        assertRefused(java.lang.Record.class, "no record class", "Declare it as a record");
        assertThatThrownBy(() -> Schema.of(Integer.class, ByInt.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Long.class");
    }

    @Test
    void aLookupOfTheRecordsModuleIsTaken() {
        Schema<String, Product> schema = Schema.of(String.class, Product.class, MethodHandles.lookup());
        assertThat(schema.columns()).isEqualTo(GOODS.columns());
    }

    @Test
    void aRecordThatNobodyOpensIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Schema.of(String.class, Product.class, MethodHandles.publicLookup()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not accessible")
                .hasMessageContaining("MethodHandles.lookup()");
    }

    private static void assertRefused(Class<? extends java.lang.Record> type, String what, String fix) {
        assertThatThrownBy(() -> Schema.of(String.class, type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what)
                .hasMessageContaining(fix);
    }
}
