package dev.rowkeep.evidence.history;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Change;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.Fault;
import dev.rowkeep.storage.tck.FaultyStorage;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Many callers who read and write a few records of two stores in every way there is, over a storage that fails now and then, with a cache
 * that holds less than half of them.
 */
final class Crowd {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value").required();
    static final Column<Long> GROUP = Column.integer("group").required();
    static final Schema<String, Row> LEFT = Schema.dynamic("left", ID, VALUE, GROUP);
    static final Schema<String, Row> RIGHT = Schema.dynamic("right", ID, VALUE, GROUP);

    static final int KEYS = 12;
    private static final int CACHED = 5;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private final FaultyStorage storage;
    private final int size;
    private final long seed;

    Crowd(StorageProvider behind, int size, long seed) {
        this.storage = FaultyStorage.over(behind).afterReads(Crowd::dawdle);
        this.size = size;
        this.seed = seed;
    }

    /** Lets everybody work for about {@code operations} calls in all, then reads back what became of it. */
    History run(int operations) throws Exception {
        List<MemoryNotebook> notebooks = new ArrayList<>();
        work(0, operations / size, caller -> {
            notebooks.add(new MemoryNotebook());
            return notebooks.get(caller);
        });
        return readBack(
                storage,
                notebooks.stream()
                        .flatMap(notebook -> notebook.operations().stream())
                        .toList());
    }

    /**
     * Lets each caller do {@code operationsEach} things.
     *
     * @param lastValue what has been written before is at most this
     * @param notebooks makes the notebook of each caller, by number
     */
    void work(long lastValue, int operationsEach, IntFunction<Notebook> notebooks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        KeepOptions options = KeepOptions.defaults().cachedRecords(CACHED);
        try (RowKeep keep = RowKeep.open(storage, options)) {
            List<RecordStore<String, Row>> stores = List.of(keep.store(LEFT), keep.store(RIGHT));
            AtomicLong values = new AtomicLong(lastValue);
            CompletionService<Void> callers = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < size; i++) {
                Random random = new Random(seed + i);
                Caller caller = new Caller(keep, stores, values, random, notebooks.apply(i));
                callers.submit(() -> {
                    for (int done = 0; done < operationsEach; done++) {
                        fail(random);
                        caller.act();
                    }
                    return null;
                });
            }
            for (int i = 0; i < size; i++) {
                callers.take().get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Opened anew, because a storage that failed last is not recovered before it is written to. */
    static History readBack(StorageProvider storage, List<Operation> operations) {
        try (RowKeep keep = RowKeep.open(storage)) {
            List<RecordStore<String, Row>> stores = List.of(keep.store(LEFT), keep.store(RIGHT));
            keep.log().verify().problem().ifPresent(problem -> {
                throw new IllegalStateException(problem);
            });
            return new History(operations, versions(stores), sequences(stores));
        }
    }

    /** The row with a value and its group. */
    static Row valued(Row row, long value) {
        return row.with(VALUE, value).with(GROUP, GroupQuery.group(value));
    }

    /** The edit with a value and its group. */
    static Edit<String, Row> valued(Edit<String, Row> edit, long value) {
        return edit.set(VALUE, value).set(GROUP, GroupQuery.group(value));
    }

    /** Now and then a reader is overtaken by several commits between what it reads and what it does with that. */
    static void dawdle() {
        if (ThreadLocalRandom.current().nextInt(50) == 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
        }
    }

    private void fail(Random random) {
        if (random.nextInt(200) == 0 && storage.remaining() == 0) {
            storage.next(
                    switch (random.nextInt(6)) {
                        case 0 -> Fault.busy();
                        case 1 -> Fault.stale();
                        case 2 -> Fault.unknownAndWritten();
                        case 3 -> Fault.unknownAndNotWritten();
                        case 4 -> Fault.lostAcknowledgement();
                        default -> Fault.decidedTwice();
                    });
            if (random.nextInt(4) == 0) {
                storage.failRecoveries(1);
            }
        }
    }

    private static Map<String, List<Access>> versions(List<RecordStore<String, Row>> stores) {
        Map<String, List<Access>> versions = new HashMap<>();
        for (RecordStore<String, Row> store : stores) {
            for (int i = 0; i < KEYS; i++) {
                String record = Caller.record(store, Caller.key(i));
                List<Access> ofRecord = new ArrayList<>();
                for (RecordVersion version : store.history(Caller.key(i))) {
                    ofRecord.add(0, new Access(record, version.version(), value(version.change())));
                }
                versions.put(record, ofRecord);
            }
        }
        return versions;
    }

    private static Map<String, List<Long>> sequences(List<RecordStore<String, Row>> stores) {
        Map<String, List<Long>> sequences = new HashMap<>();
        for (RecordStore<String, Row> store : stores) {
            for (int i = 0; i < KEYS; i++) {
                List<Long> ofRecord = new ArrayList<>();
                for (RecordVersion version : store.history(Caller.key(i))) {
                    ofRecord.add(0, version.commit().position().sequence());
                }
                sequences.put(Caller.record(store, Caller.key(i)), ofRecord);
            }
        }
        return sequences;
    }

    private static long value(Change change) {
        for (CellChange cell : change.cells()) {
            Object after = cell.after();
            if (cell.column().equals(VALUE.name()) && after != null) {
                return (Long) after;
            }
        }
        return Access.ABSENT;
    }
}
