package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Raw rows against a schema: every verdict at once, and a record only where nothing was rejected. */
final class ParseTest {
    private static final Column<String> SKU = Column.text("sku");
    private static final Column<String> NAME =
            Column.text("name").required().length(2, 10).pattern("[a-z ]+");
    private static final Column<BigDecimal> PRICE =
            Column.decimal("price", 8, 2).min(BigDecimal.ZERO).max(new BigDecimal("1000"));
    private static final Column<Long> STOCK = Column.integer("stock").required().defaultValue(0L);
    private static final Column<BigDecimal> COST = Column.decimal("cost", 8, 2).coercion(Coercion.LENIENT);

    private static final Schema<String, Row> PRODUCTS = Schema.dynamic("products", SKU, NAME, PRICE, STOCK, COST)
            .check(
                    "costBelowPrice",
                    row -> row.get(COST) == null
                            || row.get(PRICE) == null
                            || row.get(COST).compareTo(row.get(PRICE)) < 0,
                    "Sell above cost.");

    @Test
    void aRightRowIsARecordWithAVerdictPerCell() {
        Parsed<Row> parsed = PRODUCTS.parse(Map.of("sku", "A-1", "name", "cheese", "price", "12.5", "cost", " 1 "));

        assertThat(parsed.verdict().violations()).isEmpty();
        assertThat(parsed.verdict().cells())
                .extracting(CellVerdict::column)
                .containsExactly("sku", "name", "price", "stock", "cost");
        assertThat(parsed.verdict().coercions())
                .extracting(CellVerdict.Coerced::why)
                .containsExactly(Why.PARSED, Why.BLANKS);
        Row row = parsed.value().orElseThrow();
        assertThat(row.get(SKU)).isEqualTo("A-1");
        assertThat(row.get(PRICE)).isEqualTo(new BigDecimal("12.50"));
        assertThat(row.get(STOCK)).isZero();
    }

    @Test
    void everyViolationIsReportedAtOnce() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("name", "A VERY LONG NAME");
        raw.put("price", -1);
        raw.put("stock", "many");
        raw.put("Price", 1);
        raw.put("colour", "red");

        Parsed<Row> parsed = PRODUCTS.parse(raw);

        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.verdict().isAccepted()).isFalse();
        assertThat(parsed.verdict().violations())
                .extracting(it -> it.column() + " " + it.rule())
                .containsExactly(
                        "sku required",
                        "name length",
                        "name pattern",
                        "price min",
                        "stock format",
                        "Price unknownColumn",
                        "colour unknownColumn");
        assertThat(parsed.verdict().violations().get(5).fix()).isEqualTo("Write it price.");
        assertThat(parsed.verdict().violations().get(6).fix())
                .isEqualTo("Use one of sku, name, price, stock, cost, or leave it out.");
    }

    @Test
    void aRequiredCellWithoutValueOrDefaultIsRejected() {
        assertThat(PRODUCTS.parse(Map.of("sku", "A-1")).verdict().violations())
                .extracting(it -> it.column() + " " + it.rule())
                .containsExactly("name required");
    }

    @Test
    void checksRunOnlyOverCellsThatAreRight() {
        Map<String, Object> raw = new HashMap<>(Map.of("sku", "A-1", "name", "cheese", "price", 2, "cost", 3));

        Parsed<Row> parsed = PRODUCTS.parse(raw);

        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.verdict().violations())
                .containsExactly(new CellVerdict.Rejected(
                        "costBelowPrice", "costBelowPrice", "the record fails the check", "Sell above cost."));

        raw.put("name", "");
        assertThat(PRODUCTS.parse(raw).verdict().violations())
                .extracting(CellVerdict.Rejected::rule)
                .containsExactly("length", "pattern");
    }

    @Test
    void aMissingOrBlankCellTakesItsDefault() {
        Column<Long> lenient = STOCK.coercion(Coercion.LENIENT);
        Schema<String, Row> schema = Schema.dynamic("s", SKU, lenient);

        assertThat(schema.parse(Map.of("sku", "a")).verdict().cells()).contains(new CellVerdict.Accepted("stock", 0L));
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("sku", "a");
        withNull.put("stock", null);
        assertThat(schema.parse(withNull).verdict().cells()).contains(new CellVerdict.Accepted("stock", 0L));
        assertThat(schema.parse(Map.of("sku", "a", "stock", " ")).verdict().cells())
                .contains(new CellVerdict.Coerced("stock", " ", 0L, Why.BLANK));
    }

    @Test
    void aDefaultIsKeptInCanonicalFormAndMustFit() {
        assertThat(Column.decimal("c", 5, 2).defaultValue(BigDecimal.ONE).canonicalDefault())
                .isEqualTo(new BigDecimal("1.00"));
        assertThatThrownBy(() -> Column.decimal("c", 5, 2).defaultValue(new BigDecimal("1.001")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("default of column c");
        Column<BigDecimal> rounding = Column.decimal("c", 5, 2).coercion(Coercion.LENIENT);
        assertThatThrownBy(() -> rounding.defaultValue(new BigDecimal("999.995")))
                .as("it is a digit longer once it is rounded")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schema.dynamic(
                        "s", SKU, Column.integer("c").defaultValue(1L).min(2L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("default of column c of store s breaks its rule min");
    }

    @Test
    void codeOfTheApplicationThatThrowsIsARejection() {
        Column<String> column = Column.text("c")
                .validate(
                        "mine",
                        text -> {
                            throw new IllegalStateException("secret " + text);
                        },
                        "Do better.");
        Schema<String, Row> schema = Schema.dynamic("s", SKU, column, Column.text("d"))
                .check(
                        "deep",
                        row -> {
                            throw new StackOverflowError();
                        },
                        "Do better.");

        CellVerdict.Rejected rejected = (CellVerdict.Rejected) column.judge("topsecret");
        assertThat(rejected.rule()).isEqualTo("mine");
        assertThat(rejected.message())
                .isEqualTo(
                        "a text of 9 characters could not be judged: the rule threw java.lang.IllegalStateException");
        assertThat(rejected.fix()).contains("must return false, not throw");
        assertThat(schema.parse(Map.of("sku", "a")).verdict().violations())
                .extracting(CellVerdict.Rejected::message)
                .containsExactly("the check threw java.lang.StackOverflowError");
    }

    @Test
    void namesThatAreNoTextsAreUnknownColumns() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, ?> raw = (Map) new HashMap<>(Map.of("sku", "a", 7, "b"));
        Map<String, Object> withNull = new HashMap<>(Collections.singletonMap(null, 1));
        withNull.put("sku", "a");
        withNull.put("name", "cheese");

        assertThat(PRODUCTS.parse(raw).verdict().violations())
                .extracting(CellVerdict.Rejected::column)
                .contains("7");
        assertThat(PRODUCTS.parse(withNull).verdict().violations())
                .extracting(CellVerdict.Rejected::column)
                .containsExactly("null");
    }

    @Test
    void oneOfComparesValuesNotForms() {
        Column<BigDecimal> column = Column.decimal("c", 5, 2).oneOf(new BigDecimal("1.5"), BigDecimal.TEN);

        assertThat(column.judge("1.50")).isInstanceOf(CellVerdict.Coerced.class);
        assertThat(column.judge(10)).isInstanceOf(CellVerdict.Accepted.class);
        assertThat(column.judge(11))
                .isInstanceOfSatisfying(
                        CellVerdict.Rejected.class, it -> assertThat(it.fix()).isEqualTo("Give one of 1.5, 10."));
        assertThatThrownBy(() -> Column.text("c").oneOf()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOperandIsNeverReadLeniently() {
        Column<String> text = Column.text("c").coercion(Coercion.LENIENT).length(10, 20);

        assertThat(text.judgeOperand(" world ")).isEqualTo(new CellVerdict.Accepted("c", " world "));
        assertThat(text.judgeOperand("\ud83d")).isInstanceOf(CellVerdict.Rejected.class);
        assertThat(PRICE.judgeOperand(-5)).isEqualTo(new CellVerdict.Accepted("price", new BigDecimal("-5.00")));
        assertThat(COST.judgeOperand(new BigDecimal("0.001"))).isInstanceOf(CellVerdict.Rejected.class);
        assertThat(Column.textSet("c").judgeOperand(Arrays.asList("a", null))).isInstanceOf(CellVerdict.Rejected.class);
    }
}
