package dev.rowkeep.evidence.history;

import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One run of a transaction that reads and writes by chance, with notes of what it saw and made. */
final class RandomTransaction {
    private static final int MOST_STEPS = 5;

    private final Transaction transaction;
    private final List<RecordStore<String, Row>> stores;
    private final AtomicLong values;
    private final Random random;
    private final List<Access> reads = new ArrayList<>();
    private final List<Access> writes = new ArrayList<>();
    private final List<GroupQuery> queries = new ArrayList<>();
    private final Set<String> written = new HashSet<>();

    RandomTransaction(
            Transaction transaction, List<RecordStore<String, Row>> stores, AtomicLong values, Random random) {
        this.transaction = transaction;
        this.stores = stores;
        this.values = values;
        this.random = random;
    }

    /** Does a few things; gives what is noted of them so far, as a call that has not returned. */
    Operation act(long invoked) {
        for (int step = random.nextInt(MOST_STEPS); step >= 0; step--) {
            RecordStore<String, Row> store = stores.get(random.nextInt(stores.size()));
            String key = Caller.key(random.nextInt(Crowd.KEYS));
            int choice = random.nextInt(10);
            if (choice < 3) {
                read(store, key);
            } else if (choice < 6) {
                query(store);
            } else {
                write(store, key);
            }
            Crowd.dawdle();
        }
        return new Operation(
                "transaction",
                invoked,
                Operation.NEVER,
                reads,
                writes,
                queries,
                transaction.position().sequence());
    }

    private Optional<VersionedRecord<String, Row>> read(RecordStore<String, Row> store, String key) {
        Optional<VersionedRecord<String, Row>> found = transaction.on(store).get(key);
        if (!written.contains(Caller.record(store, key))) {
            reads.add(found.map(record -> Caller.seen(store, record)).orElse(Caller.absent(store, key)));
        }
        return found;
    }

    private void query(RecordStore<String, Row> store) {
        long group = random.nextInt((int) GroupQuery.GROUPS);
        List<Access> found = transaction.on(store).where(Condition.eq(Crowd.GROUP, group)).list().stream()
                .map(record -> Caller.seen(store, record))
                .filter(access -> !written.contains(access.record()))
                .toList();
        queries.add(new GroupQuery(store.schema().name(), group, found, Set.copyOf(written)));
    }

    private void write(RecordStore<String, Row> store, String key) {
        String record = Caller.record(store, key);
        if (written.contains(record)) {
            return;
        }
        TransactionStore<String, Row> within = transaction.on(store);
        boolean isThere = read(store, key).isPresent();
        long value = values.incrementAndGet();
        if (!isThere) {
            VersionedRecord<String, Row> made = within.insert(Crowd.valued(Row.of(store.schema(), key), value));
            writes.add(new Access(record, made.version(), value));
        } else if (random.nextInt(4) == 0) {
            writes.add(new Access(record, within.delete(key).version(), Access.ABSENT));
        } else {
            VersionedRecord<String, Row> made = within.update(key, row -> Crowd.valued(row, value));
            writes.add(new Access(record, made.version(), value));
        }
        written.add(record);
    }
}
