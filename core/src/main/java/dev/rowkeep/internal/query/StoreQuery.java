package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StorageReader;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query that the storage answers. Immutable and safe for use by several threads.
 *
 * <p>An application's record classes are made only after the storage has been let go of, except by {@link #stream()}.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public final class StoreQuery<K, T> implements RecordQuery<K, T> {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final Source<K, T> source;
    private final Condition where;
    private final List<Order> orders;
    private final int limit;

    private record Source<K, T>(
            Schema<K, T> schema,
            StoreLayout layout,
            StorageReader storage,
            Function<Image, VersionedRecord<K, T>> records,
            Runnable entryCheck) {}

    private StoreQuery(Source<K, T> source, Condition where, List<Order> orders, int limit) {
        this.source = source;
        this.where = where;
        this.orders = orders;
        this.limit = limit;
    }

    /**
     * A query over all records in the key's order.
     *
     * @param schema the store's schema
     * @param layout the store as the storage knows it, with at least the schema's columns
     * @param storage where it is asked
     * @param records makes a record of a live image
     * @param entryCheck runs first in every method that gives results, and throws if there can be none now
     */
    public StoreQuery(
            Schema<K, T> schema,
            StoreLayout layout,
            StorageReader storage,
            Function<Image, VersionedRecord<K, T>> records,
            Runnable entryCheck) {
        this(
                new Source<>(schema, layout, storage, records, entryCheck),
                Condition.everything(),
                List.of(Order.ascending(schema.key())),
                UNLIMITED);
    }

    @Override
    public RecordQuery<K, T> where(Condition condition) {
        Condition both = ConditionBinding.bind(source.schema(), where.and(condition));
        return new StoreQuery<>(source, both, orders, limit);
    }

    /**
     * What comes after the key, or repeats a column, cannot change the order and is left out. A key that is not given goes the way
     * of what is before it, so that an index is read in one direction.
     */
    @Override
    public RecordQuery<K, T> orderBy(Order... given) {
        List<Order> distinct = new ArrayList<>();
        Set<Column<?>> seen = new HashSet<>();
        Column<K> key = source.schema().key();
        for (Order order : given) {
            ConditionBinding.requireColumn(source.schema(), order.column());
            if (!seen.contains(key) && seen.add(order.column())) {
                distinct.add(order);
            }
        }
        if (!seen.contains(key)) {
            boolean descends =
                    !distinct.isEmpty() && distinct.get(distinct.size() - 1).direction() == Order.Direction.DESCENDING;
            distinct.add(descends ? Order.descending(key) : Order.ascending(key));
        }
        return new StoreQuery<>(source, where, List.copyOf(distinct), limit);
    }

    @Override
    public RecordQuery<K, T> limit(int most) {
        requirePositive("limit", most);
        return new StoreQuery<>(source, where, orders, most);
    }

    @Override
    public List<VersionedRecord<K, T>> list() {
        source.entryCheck().run();
        return records(images(spec(Optional.empty(), limit)));
    }

    @Override
    public Optional<VersionedRecord<K, T>> first() {
        source.entryCheck().run();
        return records(images(spec(Optional.empty(), 1))).stream().findFirst();
    }

    @Override
    public long count() {
        source.entryCheck().run();
        return source.storage().count(source.layout(), where);
    }

    @Override
    public Page<VersionedRecord<K, T>> page(int size) {
        source.entryCheck().run();
        return page(size, codec(), 0, Optional.empty());
    }

    /** The limit holds over all pages together: a cursor knows how many results came before it. */
    @Override
    public Page<VersionedRecord<K, T>> page(int size, Cursor cursor) {
        source.entryCheck().run();
        CursorCodec codec = codec();
        CursorCodec.Mark mark = codec.decode(cursor);
        return page(size, codec, mark.passed(), Optional.of(mark.values()));
    }

    @Override
    public Stream<VersionedRecord<K, T>> stream() {
        source.entryCheck().run();
        ImageScan scan = source.storage().scan(source.layout(), spec(Optional.empty(), limit));
        return ImageStream.of(scan).map(source.records());
    }

    @Override
    public List<Row> select(Column<?>... columns) {
        source.entryCheck().run();
        List<Column<?>> wanted = List.of(columns);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("A select on store "
                    + source.schema().name() + " names no column. Name at least one, or use list().");
        }
        wanted.forEach(column -> ConditionBinding.requireColumn(source.schema(), column));
        int[] ordinals = wanted.stream()
                .mapToInt(column -> source.layout().ordinal(column.name()))
                .toArray();
        BitSet cells = new BitSet();
        Arrays.stream(ordinals).filter(ordinal -> ordinal >= 0).forEach(cells::set);
        List<Row> rows = new ArrayList<>();
        for (Image image : images(new QuerySpec(where, orders, Optional.empty(), limit, cells))) {
            rows.add(row(wanted, ordinals, image));
        }
        return Collections.unmodifiableList(rows);
    }

    private Page<VersionedRecord<K, T>> page(
            int size, CursorCodec codec, long passed, Optional<List<@Nullable Object>> after) {
        requirePositive("page size", size);
        long left = limit == UNLIMITED ? UNLIMITED : Math.max(0, limit - passed);
        int wanted = (int) Math.min(size, left);
        if (wanted == 0) {
            return new Page<>(List.of(), Optional.empty());
        }
        int oneMore = wanted < left ? wanted + 1 : wanted; // the one more tells whether there is a next page
        List<Image> images = images(spec(after, oneMore));
        List<Image> items = images.subList(0, Math.min(wanted, images.size()));
        Optional<Cursor> next = Optional.empty();
        if (images.size() > wanted) {
            KeysetOrder order = KeysetOrder.of(source.layout(), orders);
            List<@Nullable Object> last = order.values(items.get(wanted - 1));
            next = Optional.of(codec.encode(new CursorCodec.Mark(passed + wanted, last)));
        }
        return new Page<>(records(items), next);
    }

    private CursorCodec codec() {
        return new CursorCodec(source.schema().name(), where, orders);
    }

    private QuerySpec spec(Optional<List<@Nullable Object>> after, int most) {
        BitSet all = new BitSet();
        all.set(0, source.layout().columns().size());
        return new QuerySpec(where, orders, after, most, all);
    }

    private List<Image> images(QuerySpec spec) {
        List<Image> images = new ArrayList<>();
        try (ImageScan scan = source.storage().scan(source.layout(), spec)) {
            for (Image image = scan.next(); image != null; image = scan.next()) {
                images.add(image);
            }
        }
        return images;
    }

    private List<VersionedRecord<K, T>> records(List<Image> images) {
        return images.stream().map(source.records()).toList();
    }

    private static Row row(List<Column<?>> columns, int[] ordinals, Image image) {
        @Nullable Object[] values = new Object[ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
            values[i] = ordinals[i] < 0 ? image.key() : image.cells()[ordinals[i]];
        }
        return Row.of(columns, Arrays.asList(values));
    }

    private void requirePositive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("The " + what + " of a query on store "
                    + source.schema().name() + " must be 1 or more, got " + number + ".");
        }
    }
}
