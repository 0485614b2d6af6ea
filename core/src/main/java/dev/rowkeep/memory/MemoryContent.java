package dev.rowkeep.memory;

import dev.rowkeep.internal.query.ImageQuery;
import dev.rowkeep.internal.query.ListScan;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a memory storage holds.
 *
 * <p>Invariants: content changes only under {@code writing} and the write lock of {@code state} together, so that whoever holds
 * {@code writing} may read without a lock while others read too, and whoever holds the read lock sees whole commits. A commit is
 * decided and checked under {@code writing} alone; readers wait only while it is put in place. A table that an install has
 * replaced never changes again. None of the locks gives way to an interrupt.
 */
final class MemoryContent {
    private final UUID incarnation;
    private final MemoryTables tables = new MemoryTables();
    private final MemoryLog log = new MemoryLog();
    private final MemoryRequests requests = new MemoryRequests();
    private final Lock writing = new ReentrantLock();
    private final ReadWriteLock state = new ReentrantReadWriteLock();
    private final Set<MemorySnapshot> snapshots = ConcurrentHashMap.newKeySet();

    MemoryContent(UUID incarnation) {
        this.incarnation = incarnation;
    }

    UUID incarnation() {
        return incarnation;
    }

    Head head() {
        return reading(log::head);
    }

    List<StoreLayout> layouts() {
        return reading(() -> tables.all().stream().map(MemoryTable::layout).toList());
    }

    void install(StoreLayout layout) {
        under(writing, () -> {
            MemoryTable installed = tables.inForm(layout);
            changing(() -> tables.put(installed));
            return installed;
        });
    }

    void commit(CommitWork work) {
        under(writing, () -> {
            CommitPlan plan = decide(work);
            if (!plan.isEmpty()) {
                PreparedPlan prepared = PreparedPlan.check(plan, log, tables);
                requests.check(plan.requests());
                changing(() -> {
                    snapshots.forEach(snapshot -> prepared.forEachReplaced(snapshot::keep));
                    prepared.apply(log);
                    requests.apply(plan.requests());
                });
            }
            return plan;
        });
    }

    private CommitPlan decide(CommitWork work) {
        try (MemoryCommitView view = new MemoryCommitView(log, tables, requests)) {
            return work.decide(view);
        }
    }

    @Nullable
    Image read(StoreLayout layout, Object key) {
        Lock lock = state.readLock();
        lock.lock();
        try {
            return tables.of(layout).image(key);
        } finally {
            lock.unlock();
        }
    }

    List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        return reading(() -> {
            MemoryTable table = tables.of(layout);
            List<Image> images = new ArrayList<>();
            for (Object key : keys) {
                Image image = table.image(key);
                if (image != null) {
                    images.add(image);
                }
            }
            return images;
        });
    }

    Head start() {
        return reading(log::start);
    }

    /** Under {@code writing} too, so that no commit is decided on a log that is just being cut. */
    void dropThrough(long sequence) {
        under(writing, () -> {
            if (sequence > log.head().sequence()) {
                throw new StorageException(
                        StorageException.Kind.PERMANENT,
                        "Cannot drop the log through commit " + sequence + ": its newest is "
                                + log.head().sequence() + ". Nothing was dropped.",
                        null);
            }
            changing(() -> {
                log.dropThrough(sequence);
                tables.all().forEach(table -> table.dropThrough(sequence));
            });
            return log;
        });
    }

    /** The records are collected and checked before any of them is put in place. */
    void begin(Head start, StartingRecords records) {
        under(writing, () -> {
            long head = log.head().sequence();
            if (head != 0) {
                throw new StorageException(
                        StorageException.Kind.PERMANENT,
                        "Cannot begin the log behind commit " + start.sequence()
                                + ": it is there already, up to commit " + head
                                + ". Nothing was written; begin in a storage of its own.",
                        null);
            }
            PreparedPlan prepared = PreparedPlan.starting(records, tables);
            changing(() -> {
                snapshots.forEach(snapshot -> prepared.forEachReplaced(snapshot::keep));
                prepared.apply(log);
                log.begin(start);
            });
            return log;
        });
    }

    void erase(List<ErasedRecords> records) {
        under(writing, () -> {
            UnaryOperator<LoggedChange> sealing = onceEach(change -> ErasedRecords.erased(records, change));
            changing(() -> {
                log.replaceChanges(sealing);
                records.forEach(erased -> tables.of(erased.layout()).replaceChanges(erased.keys(), sealing));
            });
            return log;
        });
    }

    /** Applies {@code sealing} once to each change, of which the log and the histories share the objects. */
    private static UnaryOperator<LoggedChange> onceEach(UnaryOperator<LoggedChange> sealing) {
        IdentityHashMap<LoggedChange, LoggedChange> sealed = new IdentityHashMap<>();
        return change -> {
            LoggedChange known = sealed.get(change);
            if (known == null) {
                known = sealing.apply(change);
                sealed.put(change, known);
                sealed.put(known, known); // A record that is named twice is come upon again.
            }
            return known;
        };
    }

    void dropContents(List<LoggedChange> dropped) {
        under(writing, () -> {
            changing(() -> {
                log.replace(dropped);
                dropped.forEach(change -> tables.of(change.storeId()).dropContents(change));
            });
            return log;
        });
    }

    long contentsDroppedThrough(StoreLayout layout) {
        return reading(() -> tables.of(layout).contentsDroppedThrough());
    }

    List<LoggedCommit> commitsAfter(long sequence, int most) {
        return reading(() -> log.after(sequence, most));
    }

    List<StoredRequest> requests(long from, long to) {
        return reading(() -> requests.from(from, to));
    }

    List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
        return reading(() -> tables.of(layout).history(key).descending(newest, oldest));
    }

    long versionAt(StoreLayout layout, Object key, long sequence) {
        return reading(() -> tables.of(layout).versionAt(key, sequence));
    }

    long sequenceAt(long timeMicros) {
        return reading(() -> log.sequenceAt(timeMicros));
    }

    /** Noted before the lock is given back, so that no commit comes between. */
    MemorySnapshot snapshot() {
        return reading(() -> {
            MemorySnapshot snapshot = new MemorySnapshot(log.head(), tables, state.readLock(), snapshots::remove);
            snapshots.add(snapshot);
            return snapshot;
        });
    }

    /** Only the references to the matching images are collected under the lock. */
    ImageScan scan(StoreLayout layout, QuerySpec query) {
        MemoryTable table = reading(() -> tables.of(layout));
        ImageQuery compiled = ImageQuery.of(table.layout(), query);
        List<Image> matches = reading(() -> compiled.matches(table.images()));
        return new ListScan(compiled.sorted(matches), query.columns());
    }

    long count(StoreLayout layout, Condition where) {
        return reading(() -> tables.of(layout).count(where));
    }

    Optional<String> check() {
        return reading(() -> ContentCheck.firstFault(log, tables.all()));
    }

    private <R> R reading(Supplier<R> read) {
        return under(state.readLock(), read);
    }

    private void changing(Runnable change) {
        under(state.writeLock(), () -> {
            change.run();
            return change;
        });
    }

    private static <R> R under(Lock lock, Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
