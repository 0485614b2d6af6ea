package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What is known without asking the database, and the entries that are acknowledged but not in the database yet.
 *
 * <p>Invariants: it changes only under the write lock, by whole entries, so that who holds the read lock sees whole commits. What is not
 * among the entries is in the database: an entry is taken out only after the database's transaction that holds it has ended. Only the one
 * who commits changes {@code stores}, requests and versions, and may read them without the lock.
 */
final class Resident {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Integer, ResidentStore> stores = new TreeMap<>();
    private final Map<String, StoredRequest> requests = new LinkedHashMap<>();
    private final Deque<Projection.Numbered> backlog = new ArrayDeque<>();
    private int backlogRows;
    private long number;
    private Head start;
    private final Map<Integer, Long> contentsDropped = new TreeMap<>();
    private Head head;
    private Head projectedHead;
    private long erasures;

    /**
     * From where on the past is known.
     *
     * @param start the newest commit that was dropped
     * @param contentsDropped by store, the newest commit of which the contents of a change were dropped
     */
    record Past(Head start, Map<Integer, Long> contentsDropped) {}

    /** What is known of a database that holds every entry up to {@code number}. */
    Resident(long number, Past past, Head head, List<ResidentStore> stores, List<StoredRequest> requests) {
        this.number = number;
        this.start = past.start();
        this.contentsDropped.putAll(past.contentsDropped());
        this.head = head;
        this.projectedHead = head;
        stores.forEach(store -> this.stores.put(store.layout().id(), store));
        requests.forEach(request -> this.requests.put(request.id(), request));
    }

    /** The newest commit that was dropped. */
    Head start() {
        return reading(() -> start);
    }

    /** The newest commit of which the contents of a change of a store were dropped; 0 if there is none. */
    long contentsDroppedThrough(int store) {
        return reading(() -> contentsDropped.getOrDefault(store, 0L));
    }

    /** Whether the contents of any change were dropped. */
    boolean hasDroppedContents() {
        return reading(() -> !contentsDropped.isEmpty());
    }

    /** The newest commit. */
    Head head() {
        return reading(() -> head);
    }

    /** The number of the newest entry. */
    long number() {
        return number;
    }

    /** How many rows the database lacks. */
    int backlogRows() {
        return reading(() -> backlogRows);
    }

    /** What the database lacks, and the newest commit that it holds. */
    Backlog backlog() {
        return reading(() -> new Backlog(List.copyOf(backlog), start, projectedHead, number, erasures));
    }

    /**
     * What the database lacks.
     *
     * @param entries in order
     * @param start the newest commit that was dropped
     * @param from the newest commit before them
     * @param through the number of the newest entry, whether the database lacks it or not
     * @param erasures how often something was about to go from the past
     */
    record Backlog(List<Projection.Numbered> entries, Head start, Head from, long through, long erasures) {
        /** Whether the database, and entries here, hold contents that were dropped. */
        boolean dropsContents() {
            return entries.stream().anyMatch(numbered -> numbered.entry() instanceof Entry.ContentsDropped);
        }

        /** The commits after a sequence that the database lacks, in order. */
        List<LoggedCommit> commitsAfter(long sequence) {
            List<LoggedCommit> commits = new ArrayList<>();
            for (Projection.Numbered numbered : entries) {
                if (numbered.entry() instanceof Entry.Committed committed) {
                    for (LoggedCommit commit : committed.commits()) {
                        if (commit.header().sequence() > sequence) {
                            commits.add(commit);
                        }
                    }
                }
            }
            return commits;
        }

        /** The changes of a store after a sequence that the database lacks, in order. */
        List<LoggedChange> changesAfter(int store, long sequence) {
            List<LoggedChange> changes = new ArrayList<>();
            for (LoggedCommit commit : commitsAfter(sequence)) {
                for (LoggedChange change : commit.changes()) {
                    if (change.storeId() == store && ChangeId.sequence(change.id()) > sequence) {
                        changes.add(change);
                    }
                }
            }
            return changes;
        }
    }

    /** Takes note that it is about to be erased from the past: what was known of the log before is not to be read together with what is afterwards. */
    void erasing() {
        changing(() -> erasures++);
    }

    /** How often it was about to be erased from the past, or the contents of changes were dropped. */
    long erasures() {
        return reading(() -> erasures);
    }

    List<StoreLayout> layouts() {
        return reading(() -> stores.values().stream().map(ResidentStore::layout).toList());
    }

    /** The layouts by their numbers. */
    Map<Integer, StoreLayout> layoutsById() {
        return reading(() -> {
            Map<Integer, StoreLayout> layouts = new TreeMap<>();
            stores.forEach((id, store) -> layouts.put(id, store.layout()));
            return layouts;
        });
    }

    /** The store with a number. */
    ResidentStore store(int id) {
        return reading(() -> {
            ResidentStore store = stores.get(id);
            if (store == null) {
                throw ResidentStore.missing(id);
            }
            return store;
        });
    }

    /** The version of a record, tombstones included; 0 if the key was never used. */
    long version(int storeId, Object key) {
        return reading(() -> store(storeId).version(key));
    }

    /** What is stored of a request, for the one who commits. */
    Map<String, StoredRequest> requests() {
        return requests;
    }

    /** What is stored of the requests of commits {@code from} to {@code to}, in the order in which they were stored. */
    List<StoredRequest> requests(long from, long to) {
        return reading(() -> requests.values().stream()
                .filter(request -> request.sequence() >= from && request.sequence() <= to)
                .toList());
    }

    /** The ids of the requests to be forgotten: those before a time among the first {@code most}, with {@code stored} behind those there. */
    List<String> forgotten(List<StoredRequest> stored, long beforeMicros, int most) {
        List<String> forgotten = new ArrayList<>();
        Iterator<StoredRequest> oldest = requests.values().iterator();
        Iterator<StoredRequest> newest = stored.iterator();
        for (int i = 0; i < most && (oldest.hasNext() || newest.hasNext()); i++) {
            StoredRequest next = oldest.hasNext() ? oldest.next() : newest.next();
            if (next.timeMicros() < beforeMicros) {
                forgotten.add(next.id());
            }
        }
        return forgotten;
    }

    /** Takes in a plan that is durable now. */
    void commit(PlanCheck.Checked checked, Entry.Committed entry) {
        changing(() -> {
            for (Entry.Step step : entry.steps()) {
                store(step.storeId()).put(step.after());
            }
            checked.applyUniques();
            entry.stored().forEach(request -> requests.put(request.id(), request));
            entry.forgotten().forEach(requests::remove);
            if (!entry.commits().isEmpty()) {
                LoggedCommit last = entry.commits().get(entry.commits().size() - 1);
                head = new Head(last.header().sequence(), last.header().timeMicros(), last.hash());
            }
            add(entry);
        });
    }

    /** Takes note that the commits up to one are dropped, durably. */
    void drop(Entry.Dropped entry) {
        changing(() -> {
            start = entry.start();
            add(entry);
        });
    }

    /** Takes note that the contents of changes are dropped, durably: what was read before is not to be put together with what is now. */
    void dropContents(Entry.ContentsDropped entry) {
        changing(() -> {
            erasures++;
            entry.through().forEach((store, through) -> contentsDropped.merge(store, through, Math::max));
            add(entry);
        });
    }

    /** Takes in a store's new form, whose layout is durable now. */
    void install(ResidentStore store) {
        changing(() -> {
            stores.put(store.layout().id(), store);
            add(new Entry.Installed(store.layout()));
        });
    }

    /** Takes in the stores of a log that was begun in its middle, durably now. */
    void begin(List<ResidentStore> begun, Entry.Begun entry) {
        changing(() -> {
            begun.forEach(store -> stores.put(store.layout().id(), store));
            start = entry.start();
            head = entry.start();
            add(entry);
        });
    }

    private void add(Entry entry) {
        number++;
        backlog.addLast(new Projection.Numbered(number, entry));
        backlogRows += entry.rows();
    }

    /** Takes note that the database holds the first entries of the backlog, as many as there are in {@code written}. */
    void projected(Backlog written) {
        changing(() -> {
            for (Projection.Numbered numbered : written.entries()) {
                backlog.removeFirst();
                backlogRows -= numbered.entry().rows();
                if (numbered.entry() instanceof Entry.Begun begun) {
                    begun.steps().forEach(step -> store(step.storeId()).projected(step.after()));
                    projectedHead = begun.start();
                }
                if (numbered.entry() instanceof Entry.Committed committed) {
                    for (Entry.Step step : committed.steps()) {
                        store(step.storeId()).projected(step.after());
                    }
                    for (LoggedCommit commit : committed.commits()) {
                        projectedHead = new Head(
                                commit.header().sequence(), commit.header().timeMicros(), commit.hash());
                    }
                }
            }
        });
    }

    <R> R reading(Supplier<R> read) {
        return under(lock.readLock(), read);
    }

    private void changing(Runnable change) {
        under(lock.writeLock(), () -> {
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
