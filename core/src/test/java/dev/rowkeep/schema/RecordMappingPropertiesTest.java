package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Key;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** A record that is taken apart, judged and put together is the same record. */
final class RecordMappingPropertiesTest {
    private record Everything(
            @Key UUID id,
            long whole,
            @Nullable Integer small,
            short tiny,
            double real,
            @Nullable Boolean flag,
            @Nullable String text,
            @Decimal(precision = 12, scale = 3) @Nullable BigDecimal money,
            @Nullable LocalDate day,
            @Nullable Instant moment,
            @Nullable Coercion degree,
            @Nullable Bytes bytes,
            @Nullable Set<String> tags,
            @Nullable SortedSet<String> sorted,
            @Nullable Json json) {}

    private static final Schema<UUID, Everything> SCHEMA = Schema.of(UUID.class, Everything.class);

    private static final Schema<UUID, Row> DYNAMIC =
            Schema.dynamic("everything", SCHEMA.key(), SCHEMA.columns().toArray(new Column<?>[0]));

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsTakenApartIsPutTogetherAgain(@ForAll("records") Everything record) {
        Object[] cells = canonical(SCHEMA, record);

        assertThat(SCHEMA.judge(record.id(), cells)).isSameAs(RecordVerdict.ACCEPTED);
        Everything again = SCHEMA.mapping().value(record.id(), cells);
        assertThat(again).isEqualTo(record).hasSameHashCodeAs(record);
        assertThat(SCHEMA.mapping().key(again)).isEqualTo(record.id());
        assertThat(canonical(SCHEMA, again)).containsExactly(cells);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aRowOfTheSameCellsIsTheSameRow(@ForAll("records") Everything record) {
        Object[] cells = canonical(SCHEMA, record);
        Row row = DYNAMIC.mapping().value(record.id(), cells);

        assertThat(canonical(DYNAMIC, row)).containsExactly(cells);
        assertThat(DYNAMIC.parse(row.toMap()).value()).contains(row);
        assertThat(row.get(SCHEMA.column("degree", Coercion.class))).isEqualTo(record.degree());
    }

    private static <T> Object[] canonical(Schema<UUID, T> schema, T record) {
        Object[] cells = schema.mapping().cells(record);
        for (int i = 0; i < cells.length; i++) {
            CellVerdict verdict = schema.columns().get(i).judge(cells[i]);
            assertThat(verdict).isInstanceOf(CellVerdict.Accepted.class);
            cells[i] = CellReader.value(verdict);
        }
        return cells;
    }

    @Provide
    Arbitrary<Everything> records() {
        Arbitrary<String> texts = Arbitraries.of("", "a", "é", "😀", "\uffff", " b ");
        Arbitrary<TextSet> sets = texts.list().ofMaxSize(4).map(TextSet::of);
        Arbitrary<Object[]> first = Builders.withBuilder(() -> new Object[7])
                .use(Arbitraries.longs().tuple2().map(it -> new UUID(it.get1(), it.get2())))
                .inSetter((array, it) -> array[0] = it)
                .use(Arbitraries.longs())
                .inSetter((array, it) -> array[1] = it)
                .use(Arbitraries.integers().injectNull(0.2))
                .inSetter((array, it) -> array[2] = it)
                .use(Arbitraries.shorts())
                .inSetter((array, it) -> array[3] = it)
                .use(Arbitraries.doubles().map(it -> it + 0.0))
                .inSetter((array, it) -> array[4] = it)
                .use(Arbitraries.of(true, false).injectNull(0.2))
                .inSetter((array, it) -> array[5] = it)
                .use(texts.injectNull(0.2))
                .inSetter((array, it) -> array[6] = it)
                .build();
        Arbitrary<Object[]> second = Builders.withBuilder(() -> new Object[8])
                .use(Arbitraries.longs()
                        .between(-999_999_999_999L, 999_999_999_999L)
                        .map(it -> BigDecimal.valueOf(it, 3))
                        .injectNull(0.2))
                .inSetter((array, it) -> array[0] = it)
                .use(Arbitraries.longs()
                        .between(
                                LocalDate.of(0, 1, 1).toEpochDay(),
                                LocalDate.of(9999, 12, 31).toEpochDay())
                        .map(LocalDate::ofEpochDay)
                        .injectNull(0.2))
                .inSetter((array, it) -> array[1] = it)
                .use(Arbitraries.longs()
                        .between(-62_167_219_200_000_000L, 253_402_300_799_999_999L)
                        .map(it -> Instant.EPOCH.plus(it, ChronoUnit.MICROS))
                        .injectNull(0.2))
                .inSetter((array, it) -> array[2] = it)
                .use(Arbitraries.of(Coercion.class).injectNull(0.2))
                .inSetter((array, it) -> array[3] = it)
                .use(Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(4)
                        .map(Bytes::of)
                        .injectNull(0.2))
                .inSetter((array, it) -> array[4] = it)
                .use(sets.injectNull(0.2))
                .inSetter((array, it) -> array[5] = it)
                .use(sets.injectNull(0.2))
                .inSetter((array, it) -> array[6] = it)
                .use(texts.map(it -> Json.ofTree(List.of(it))).injectNull(0.2))
                .inSetter((array, it) -> array[7] = it)
                .build();
        return Combinators.combine(first, second).as(RecordMappingPropertiesTest::record);
    }

    private static Everything record(Object[] a, Object[] b) {
        return new Everything(
                (UUID) a[0],
                (Long) a[1],
                (Integer) a[2],
                (Short) a[3],
                (Double) a[4],
                (Boolean) a[5],
                (String) a[6],
                (BigDecimal) b[0],
                (LocalDate) b[1],
                (Instant) b[2],
                (Coercion) b[3],
                (Bytes) b[4],
                (TextSet) b[5],
                (TextSet) b[6],
                (Json) b[7]);
    }
}
