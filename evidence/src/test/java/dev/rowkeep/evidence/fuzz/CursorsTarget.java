package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.RowKeep;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Coercion;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Bytes are a cursor's text as it is, and, as only somebody who knows the format could do it, the place in a cursor that is right in all
 * else. Either is refused, or gives a page of what the query gives, and the same one on every storage.
 */
final class CursorsTarget implements FuzzTarget {
    private static final Column<String> TEXT = Column.text("body");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 18, 2);
    private static final Column<Double> RATIO = Column.real("ratio");
    private static final Column<LocalDate> DAY = Column.date("day");
    private static final Column<Instant> AT = Column.timestamp("at");
    private static final Column<Coercion> MODE = Column.enumeration("mode", Coercion.class);
    private static final Column<Boolean> FLAG = Column.bool("flag");
    private static final Schema<Long, Row> THINGS =
            Schema.dynamic("things", Column.integer("id"), TEXT, PRICE, RATIO, DAY, AT, MODE, FLAG);
    private static final List<Order> ORDERS = List.of(
            Order.ascending(TEXT),
            Order.descending(PRICE),
            Order.ascending(RATIO),
            Order.descending(DAY),
            Order.ascending(AT),
            Order.descending(MODE),
            Order.ascending(FLAG));

    private static final int RECORDS = 12;
    private static final int PAGE = 5;
    private static final int ORIGIN_BYTES = 9;

    private final RowKeep memory;
    private final RowKeep sqlite;

    CursorsTarget(Path directory) {
        memory = filled(RowKeep.open(MemoryStorage.create()));
        sqlite = filled(RowKeep.open(SqliteStorage.at(directory.resolve("store.db"))));
    }

    private static RowKeep filled(RowKeep keep) {
        for (long key = 1; key <= RECORDS; key++) {
            keep.store(THINGS)
                    .insert(Row.of(THINGS, key)
                            .with(TEXT, key % 3 == 0 ? null : "t" + key % 4)
                            .with(PRICE, BigDecimal.valueOf(key, 2))
                            .with(RATIO, key / 8.0)
                            .with(DAY, LocalDate.ofEpochDay(key))
                            .with(AT, Instant.ofEpochSecond(key))
                            .with(MODE, Coercion.OFF)
                            .with(FLAG, key % 2 == 0));
        }
        return keep;
    }

    @Override
    public void accept(byte[] input) {
        for (Order order : ORDERS) {
            Cursor right = query(memory, order).page(1).next().orElseThrow();
            check(order, new Cursor(new String(input, StandardCharsets.UTF_8)));
            check(order, forged(right, input));
        }
    }

    /** A cursor of the query that {@code right} is one of, with {@code place} behind the query's mark and a checksum that fits. */
    static Cursor forged(Cursor right, byte[] place) {
        byte[] origin = Base64.getUrlDecoder().decode(right.text());
        byte[] bytes = Arrays.copyOf(origin, ORIGIN_BYTES + place.length + Integer.BYTES);
        System.arraycopy(place, 0, bytes, ORIGIN_BYTES, place.length);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) checksum.getValue());
        return new Cursor(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private void check(Order order, Cursor cursor) {
        Page<VersionedRecord<Long, Row>> inMemory = page(memory, order, cursor);
        Page<VersionedRecord<Long, Row>> inSqlite = page(sqlite, order, cursor);
        Expect.equal(keys(inSqlite), keys(inMemory), "the page of " + order);
        if (inMemory == null || inSqlite == null) {
            return;
        }
        Expect.equal(inSqlite.next(), inMemory.next(), "the cursor after a page of " + order);
        List<Long> all =
                query(memory, order).list().stream().map(VersionedRecord::key).toList();
        List<Long> keys = inMemory.items().stream().map(VersionedRecord::key).toList();
        int from = keys.isEmpty() ? 0 : all.indexOf(keys.get(0));
        Expect.equal(all.subList(from, from + keys.size()), keys, "a page is a piece of the whole");
    }

    private static RecordQuery<Long, Row> query(RowKeep keep, Order order) {
        return keep.store(THINGS).query().orderBy(order);
    }

    private static @Nullable Page<VersionedRecord<Long, Row>> page(RowKeep keep, Order order, Cursor cursor) {
        try {
            return query(keep, order).page(PAGE, cursor);
        } catch (IllegalArgumentException e) {
            Refusal.check(e);
            return null;
        }
    }

    private static @Nullable List<Long> keys(@Nullable Page<VersionedRecord<Long, Row>> page) {
        return page == null
                ? null
                : page.items().stream().map(VersionedRecord::key).toList();
    }

    @Override
    public void close() {
        memory.close();
        sqlite.close();
    }
}
