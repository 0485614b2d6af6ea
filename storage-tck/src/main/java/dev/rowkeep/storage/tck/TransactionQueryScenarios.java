package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordReader;
import dev.rowkeep.store.TransactionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries within transactions, drawn at random and compared with the same queries outside. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public abstract class TransactionQueryScenarios extends TransactionRehearsal {
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int ROUNDS = isLong() ? 4_000 : 150;
    private static final int KEYS = 12;

    private final Random random = new Random(SEED);

    /** For the fixture's author. */
    protected TransactionQueryScenarios() {}

    /** A query and how its results are asked for. */
    private record Asked(Condition where, List<Order> orders, int limit, int page) {
        /** The results as lines, whichever way they come. */
        List<String> of(RecordReader<String, Row> store) {
            RecordQuery<String, Row> query = store.where(where).orderBy(orders.toArray(new Order[0]));
            List<String> lines = new ArrayList<>();
            if (page > 0) {
                RecordQuery<String, Row> limited = query.limit(limit);
                Page<VersionedRecord<String, Row>> some = limited.page(page);
                some.items().forEach(record -> lines.add(line(record)));
                Optional<Cursor> next = some.next();
                next.ifPresent(cursor -> limited.page(page, cursor).items().forEach(r -> lines.add(line(r))));
            } else if (limit > 0) {
                query.limit(limit).list().forEach(record -> lines.add(line(record)));
            } else {
                lines.add("count " + query.count());
                query.first().ifPresent(record -> lines.add(line(record)));
                query.select(AMOUNT).forEach(row -> lines.add(row.toString()));
            }
            return lines;
        }

        private static String line(VersionedRecord<String, Row> record) {
            return record.key() + " v" + record.version() + " = "
                    + record.value().get(AMOUNT);
        }
    }

    @Test
    void queriesSeeTheTransactionsOwnWritesAsTheyWillBe() {
        for (int round = 0; round < ROUNDS; round++) {
            Asked asked = asked();
            List<String> within = keep.inTransaction(tx -> {
                        TransactionStore<String, Row> store = tx.on(accounts);
                        for (int i = random.nextInt(5); i >= 0; i--) {
                            write(store);
                        }
                        return asked.of(store);
                    })
                    .value();
            assertThat(within).as("seed %d, round %d, %s", SEED, round, asked).isEqualTo(asked.of(accounts));
        }
    }

    /** A run that lands although others changed something has read what it would read now. */
    @Test
    void aTransactionLandsOnlyIfItsQueriesWouldGiveTheSame() {
        store.insert(template("t1"));
        int landedAtOnce = 0;
        int repeated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Asked asked = asked();
            int changes = 1 + random.nextInt(3);
            AtomicInteger runs = new AtomicInteger();
            long mark = round;
            List<String> within = keep.inTransaction(tx -> {
                        List<String> read = asked.of(tx.on(accounts));
                        if (runs.incrementAndGet() == 1) {
                            meanwhile(() -> change(changes));
                        }
                        tx.on(store).update("t1", row -> row.with(USES, mark + 1));
                        return read;
                    })
                    .value();
            assertThat(within).as("seed %d, round %d, %s", SEED, round, asked).isEqualTo(asked.of(accounts));
            landedAtOnce += runs.get() == 1 ? 1 : 0;
            repeated += runs.get() == 2 ? 1 : 0;
        }
        assertThat(landedAtOnce).isPositive();
        assertThat(repeated).isPositive();
        assertThat(landedAtOnce + repeated).isEqualTo(ROUNDS);
    }

    private Object change(int changes) {
        for (int i = 0; i < changes; i++) {
            String code = code();
            Optional<VersionedRecord<String, Row>> there = accounts.get(code);
            if (there.isEmpty()) {
                accounts.insert(account(code, random.nextInt(6)));
            } else if (random.nextInt(3) == 0) {
                accounts.delete(code);
            } else {
                Edit<String, Row> edit = Edit.update(ACCOUNTS, code).set(AMOUNT, (long) random.nextInt(6));
                accounts.apply(edit.expecting(there.get().version()));
            }
        }
        return changes;
    }

    private void write(TransactionStore<String, Row> within) {
        String code = code();
        if (!within.exists(code)) {
            within.insert(account(code, random.nextInt(6)));
        } else if (random.nextInt(3) == 0) {
            within.delete(code);
        } else {
            set(within, code, random.nextInt(6));
        }
    }

    private String code() {
        return "a" + (10 + random.nextInt(KEYS));
    }

    private Asked asked() {
        long least = random.nextInt(5);
        Condition where = switch (random.nextInt(5)) {
            case 0 -> Condition.everything();
            case 1 -> Condition.between(AMOUNT, least, least + 1);
            case 2 -> Condition.atLeast(AMOUNT, least).not();
            case 3 -> Condition.startsWith(ACCOUNTS.key(), "a1").and(Condition.atMost(AMOUNT, least));
            default -> Condition.in(AMOUNT, List.of(least, 5L));
        };
        List<Order> orders = switch (random.nextInt(4)) {
            case 0 -> List.of();
            case 1 -> List.of(Order.descending(ACCOUNTS.key()));
            case 2 -> List.of(Order.ascending(AMOUNT));
            default -> List.of(Order.descending(AMOUNT), Order.ascending(ACCOUNTS.key()));
        };
        int limit = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(6);
        int page = limit == 0 || random.nextBoolean() ? 0 : 1 + random.nextInt(3);
        return new Asked(where, orders, limit, page);
    }
}
