package dev.rowkeep.internal.query;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A store with a column of every ordered kind and a set, and what random tests need of it: few values each, so that they meet. */
final class SampleStore {
    enum Color {
        RED,
        GREEN,
        BLUE
    }

    static final Column<String> ID = Column.text("id");
    static final Column<String> NAME = Column.text("name");
    static final Column<Long> COUNT = Column.integer("count");
    static final Column<BigDecimal> PRICE = Column.decimal("price", 4, 2);
    static final Column<Double> WEIGHT = Column.real("weight");
    static final Column<Boolean> DONE = Column.bool("done");
    static final Column<LocalDate> DAY = Column.date("day");
    static final Column<Instant> MOMENT = Column.timestamp("moment");
    static final Column<UUID> TOKEN = Column.uuid("token");
    static final Column<Color> COLOR = Column.enumeration("color", Color.class);
    static final Column<Bytes> BLOB = Column.bytes("blob");
    static final Column<SortedSet<String>> TAGS = Column.textSet("tags");

    static final Schema<String, Row> SCHEMA =
            Schema.dynamic("samples", ID, NAME, COUNT, PRICE, WEIGHT, DONE, DAY, MOMENT, TOKEN, COLOR, BLOB, TAGS);

    static final StoreLayout LAYOUT = layout(SCHEMA, 1);

    /** Values of each column in canonical form, in the order of the columns. */
    private static final List<List<Object>> VALUES = List.of(
            List.of("", "a", "A", "ab", "ä", "\uFFFD", "😀", "a😀"),
            List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE),
            List.of(
                    decimal("-99.99"),
                    decimal("-0.01"),
                    decimal("0.00"),
                    decimal("0.01"),
                    decimal("1.50"),
                    decimal("99.99")),
            List.of(-Double.MAX_VALUE, -1.5, 0.0, Double.MIN_VALUE, 1.5, Double.MAX_VALUE),
            List.of(false, true),
            List.of(
                    LocalDate.of(0, 1, 1),
                    LocalDate.of(1969, 12, 31),
                    LocalDate.of(2026, 2, 3),
                    LocalDate.of(9999, 12, 31)),
            List.of(
                    Instant.parse("0000-01-01T00:00:00Z"),
                    Instant.parse("1969-12-31T23:59:59.999999Z"),
                    Instant.parse("2026-02-03T04:05:06.000001Z"),
                    Instant.parse("9999-12-31T23:59:59.999999Z")),
            List.of(new UUID(0, 0), new UUID(1, -1), new UUID(-1, 1)),
            List.of("RED", "GREEN", "BLUE"),
            List.of(Bytes.of(), Bytes.of((byte) 0), Bytes.of((byte) 127), Bytes.of((byte) -1)),
            List.of(set(), set("a"), set("a", "😀")));

    private SampleStore() {}

    static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    static SortedSet<String> set(String... texts) {
        SortedSet<String> set = new TreeSet<>(ColumnType.TEXT::compare);
        set.addAll(List.of(texts));
        return Collections.unmodifiableSortedSet(set);
    }

    static StoreLayout layout(Schema<?, ?> schema, int id) {
        List<StoreLayout.LayoutColumn> columns = new ArrayList<>();
        for (Column<?> column : schema.columns()) {
            columns.add(new StoreLayout.LayoutColumn(columns.size() + 1, column.name(), column.type()));
        }
        StoreLayout.LayoutColumn key = new StoreLayout.LayoutColumn(
                0, schema.key().name(), schema.key().type());
        return new StoreLayout(id, schema.name(), key, columns, List.of());
    }

    private record Sample(String key, long version, Row value, Position position, Author author, Instant time)
            implements VersionedRecord<String, Row> {}

    static VersionedRecord<String, Row> record(Image image) {
        return new Sample(
                (String) image.key(),
                image.version(),
                SCHEMA.mapping().value(image.key(), image.cells()),
                new Position(new UUID(0, 0), 0, 1, 1),
                image.author(),
                Instant.EPOCH);
    }

    static Image image(Object key, Object[] cells) {
        return new Image(key, 1, 1, Image.Liveness.LIVE, cells, Author.job("test"), 0, null, 0);
    }

    static Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'Z', 'é')
                .ofMinLength(1)
                .ofMaxLength(4);
    }

    /** Cells of one record; a third of them missing. */
    static Arbitrary<Object[]> cells() {
        List<Arbitrary<Object>> cells = VALUES.stream()
                .map(values -> Arbitraries.of(values).injectNull(0.3))
                .toList();
        return Combinators.combine(cells).as(List::toArray);
    }

    /** Orders over up to four columns, the key among them or not. */
    static Arbitrary<List<Order>> orders() {
        List<Column<?>> ordered = SCHEMA.allColumns().stream()
                .filter(column -> column.type().kind().isOrdered())
                .toList();
        return Combinators.combine(Arbitraries.<Column<?>>of(ordered), Arbitraries.of(Order.Direction.class))
                .<Order>as(Order::new)
                .list()
                .ofMaxSize(4);
    }

    /** Conditions of every form, with values that are in the store's domain. */
    static Arbitrary<Condition> conditions() {
        return nested(3);
    }

    private static Arbitrary<Condition> nested(int depth) {
        if (depth == 0) {
            return leaf();
        }
        Arbitrary<Condition> inner = Arbitraries.lazy(() -> nested(depth - 1));
        return Arbitraries.oneOf(
                leaf(),
                inner.map(Condition::not),
                inner.list().ofMaxSize(3).map(parts -> Condition.all(parts.toArray(Condition[]::new))),
                inner.list().ofMaxSize(3).map(Condition.Or::new),
                Combinators.combine(inner, inner).as(Condition::or));
    }

    private static Arbitrary<Condition> leaf() {
        return Arbitraries.integers().between(0, VALUES.size() - 1).flatMap(SampleStore::leafOn);
    }

    private static Arbitrary<Condition> leafOn(int ordinal) {
        Column<?> column = SCHEMA.columns().get(ordinal);
        List<Object> values = VALUES.get(ordinal);
        List<Arbitrary<? extends Condition>> forms = new ArrayList<>(List.of(
                Arbitraries.just(Condition.everything()),
                Arbitraries.just(Condition.isMissing(column)),
                Arbitraries.of(values).map(v -> new Condition.Comparison(column, Condition.Operator.EQUAL, v)),
                Arbitraries.of(values).list().ofMaxSize(3).map(some -> new Condition.In(column, some)),
                keys().map(key -> Condition.atLeast(ID, key))));
        if (column.type().kind().isOrdered()) {
            forms.add(Combinators.combine(Arbitraries.of(Condition.Operator.class), Arbitraries.of(values))
                    .as((operator, value) -> new Condition.Comparison(column, operator, value)));
        }
        if (column.equals(NAME)) {
            forms.add(Arbitraries.of("", "a", "😀").map(prefix -> Condition.startsWith(NAME, prefix)));
        }
        if (column.equals(NAME) || column.equals(TAGS)) {
            forms.add(Arbitraries.of("a", "😀").map(part -> Condition.contains(column, part)));
        }
        return Arbitraries.oneOf(forms).map(condition -> (Condition) condition);
    }

    /** Cells with only some columns given, the others missing. */
    static Object[] cellsWith(Column<?> column, Object value) {
        Object[] cells = new Object[SCHEMA.columns().size()];
        cells[SCHEMA.ordinal(column)] = value;
        return cells;
    }

    static List<Object> values(Column<?> column) {
        return VALUES.get(SCHEMA.ordinal(column));
    }
}
