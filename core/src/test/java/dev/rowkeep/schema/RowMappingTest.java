package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rows as records of a dynamic schema. */
final class RowMappingTest {
    private static final Column<String> KEY = Column.text("k");
    private static final Column<Long> NUMBER = Column.integer("n");
    private static final Column<Coercion> DEGREE = Column.enumeration("d", Coercion.class);
    private static final Schema<String, Row> SCHEMA = Schema.dynamic("s", KEY, NUMBER, DEGREE);

    @Test
    void aRowOfTheSchemaIsTakenAsItIs() {
        Row row = Row.of(SCHEMA, "a").with(NUMBER, 1L).with(DEGREE, Coercion.OFF);

        assertThat(SCHEMA.mapping().key(row)).isEqualTo("a");
        assertThat(SCHEMA.mapping().cells(row)).containsExactly(1L, Coercion.OFF);
        assertThat(SCHEMA.mapping().value("a", new Object[] {1L, "OFF"})).isEqualTo(row);
        assertThat(SCHEMA.mapping().mayRefuse()).isFalse();
    }

    @Test
    void aProjectionIsMappedByColumnAndItsMissingCellsAreNull() {
        Row row = Row.of(List.of(DEGREE, KEY), Arrays.asList("OFF", "a"));

        assertThat(SCHEMA.mapping().key(row)).isEqualTo("a");
        assertThat(SCHEMA.mapping().cells(row)).containsExactly(null, Coercion.OFF);
    }

    @Test
    void aValueInAForeignColumnIsNotDroppedInSilence() {
        Row row = Row.of(List.of(KEY, Column.text("other")), Arrays.asList("a", "b"));

        assertThatThrownBy(() -> SCHEMA.mapping().cells(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other text");
    }

    @Test
    void aNameThatIsNoConstantIsLeftToTheJudge() {
        Row row = Row.of(List.of(KEY, DEGREE), Arrays.asList("a", "NONE"));

        assertThat(SCHEMA.mapping().cells(row)).containsExactly(null, "NONE");
        assertThat(DEGREE.judge("NONE")).isInstanceOf(CellVerdict.Rejected.class);
    }

    @Test
    void requireGivesTheValueOrSaysThatThereIsNone() {
        Row row = Row.of(SCHEMA, "a");

        assertThat(row.require(KEY)).isEqualTo("a");
        assertThatThrownBy(() -> row.require(NUMBER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no value in column n");
    }

    @Test
    void aSetInARowIsACopy() {
        Column<java.util.SortedSet<String>> tags = Column.textSet("tags");
        TreeSet<String> mine = new TreeSet<>(List.of("a"));
        Row row = Row.of(Schema.dynamic("s", KEY, tags), "k").with(tags, mine);
        mine.add("b");

        assertThat(row.get(tags)).containsExactly("a");
        assertThatThrownBy(() -> row.get(tags).add("c")).isInstanceOf(UnsupportedOperationException.class);
    }
}
