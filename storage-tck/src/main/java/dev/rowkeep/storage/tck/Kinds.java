package dev.rowkeep.storage.tck;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.spi.StoreLayout;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store with a column of every kind. */
final class Kinds {
    static final Column<String> TEXT = Column.text("a_text");
    static final Column<Long> INTEGER = Column.integer("an_integer");
    static final Column<BigDecimal> DECIMAL = Column.decimal("a_decimal", 18, 6);
    static final Column<Double> DOUBLE = Column.real("a_double");
    static final Column<Boolean> BOOLEAN = Column.bool("a_boolean");
    static final Column<LocalDate> DATE = Column.date("a_date");
    static final Column<Instant> MOMENT = Column.timestamp("a_moment");
    static final Column<UUID> UNIQUE_ID = Column.uuid("a_uuid");
    static final Column<String> NAME =
            Column.of("an_enum", ColumnType.enumeration(List.of("LOW", "HIGH", "high", "MEDIUM", "A_1")));
    static final Column<Bytes> BYTES = Column.bytes("some_bytes");
    static final Column<SortedSet<String>> TEXTS = Column.textSet("a_set");
    static final Column<Json> JSON = Column.json("a_json");

    static final List<Column<?>> COLUMNS =
            List.of(TEXT, INTEGER, DECIMAL, DOUBLE, BOOLEAN, DATE, MOMENT, UNIQUE_ID, NAME, BYTES, TEXTS, JSON);

    /** Text keys, all columns, and indexes over some of them. */
    static final StoreLayout LAYOUT = Stores.layout(
            30,
            "kinds",
            Stores.ID,
            COLUMNS,
            Stores.shared("a_text"),
            Stores.shared("a_decimal", "a_double"),
            Stores.shared("some_bytes"),
            Stores.shared("a_moment", "an_integer", "a_text"));

    private Kinds() {}

    /** Cells of {@link #LAYOUT}: {@code value} in {@code column}, nothing in the others. */
    static @Nullable Object[] only(Column<?> column, @Nullable Object value) {
        @Nullable Object[] cells = new Object[COLUMNS.size()];
        cells[COLUMNS.indexOf(column)] = value;
        return cells;
    }

    /** The set of {@code elements} in canonical form. */
    static SortedSet<String> set(String... elements) {
        Comparator<String> byCodePoint = (a, b) ->
                Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
        SortedSet<String> set = new TreeSet<>(byCodePoint);
        Collections.addAll(set, elements);
        return Collections.unmodifiableSortedSet(set);
    }
}
