package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.retry.RetryLoop;
import dev.rowkeep.log.ChangeLog;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.SqlSource;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One open storage and everything that works on it. Owns the threads, which are daemons started on demand. */
public final class Engine implements AutoCloseable {
    /** How often a layout is fitted anew because other processes install theirs. */
    private static final int MAX_INSTALLS = 20;

    private final Storage storage;
    private final StorageProvider.Access access;
    private final KeepOptions options;
    private final Workers workers;
    private final Entry entry;
    private final LogFeed feed;
    private final CommitGate gate;
    private final Reads reads;
    /** Asked once: what has landed must be answered whatever becomes of the storage afterwards. */
    private final UUID incarnation;

    private final long epoch;
    /** Whether other processes may have the storage open. */
    private final boolean isShared;

    private final Writes writes;
    private final GroupWrites groupWrites;
    private final Transactions transactions;
    private final Results results;
    private final Histories histories;
    private final PastViews pastViews;
    private final Previews previews;
    private final LogDecoder decoder;
    private final UndoStack undoStack;
    private final EngineLog log;
    private final KeptSnapshots snapshots;
    private final Map<String, StoreState<?, ?>> stores = new HashMap<>();
    private final Map<Integer, StoreLayout> layouts = new ConcurrentHashMap<>();

    /** Opens {@code provider}'s storage; closes it again if it does not say what it holds. */
    public static Engine open(StorageProvider provider, StorageProvider.Access access, KeepOptions options) {
        Storage storage = provider.open(access);
        try {
            Engine engine = new Engine(storage, access, options);
            if (access == StorageProvider.Access.READ_WRITE) {
                engine.snapshots.making().tidy();
            }
            return engine;
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    private Engine(Storage storage, StorageProvider.Access access, KeepOptions options) {
        this.access = access;
        this.options = options;
        this.storage = storage;
        this.incarnation = storage.incarnation();
        this.epoch = storage.epoch();
        this.workers = new Workers(options.executor());
        this.entry = new Entry(access);
        refreshLayouts();
        Observer observer = new Observer(options.listener().orElse(null), workers.callbacks(), options.slowCall());
        this.isShared = storage.capabilities().sharing() == Capabilities.Sharing.SEVERAL_PROCESSES;
        this.feed = new LogFeed(
                storage.head().sequence(), isShared ? () -> storage.head().sequence() : null);
        this.gate = new CommitGate(
                new BatchCommitter(storage, options.clock(), observer, options.requestsKept(), this::committed)::commit,
                workers.drains(),
                workers::complete);
        this.reads = new Reads(storage, observer, options.clock());
        RetryLoop retry = new RetryLoop(options.retry(), options.random(), Thread::sleep);
        this.results = new Results(observer);
        this.decoder = new LogDecoder(this::layout, this::position);
        this.histories = new Histories(storage, decoder);
        Observer nobody = new Observer(null, workers.callbacks(), options.slowCall());
        Repeats repeats = new Repeats(histories, new Results(nobody));
        TurnWriter turnWriter = new TurnWriter(gate, reads);
        this.writes = new Writes(gate, turnWriter, retry, results, repeats, observer, workers.callbacks());
        this.groupWrites = new GroupWrites(
                gate, reads, retry, turnWriter, results, repeats, observer, this::state, this::position, feed::newest);
        this.transactions =
                new Transactions(this, storage, gate, retry, observer, options.clock(), options.transactions());
        this.snapshots = KeptSnapshots.of(this, options, workers.snapshots(), observer);
        this.pastViews = new PastViews(storage, this::position, entry, snapshots.source());
        this.previews = new Previews(storage, reads);
        this.undoStack = new UndoStack(this, retry, observer);
        this.log = new EngineLog(storage, feed, decoder, this::position, entry, verifier());
    }

    /** The store of {@code schema}, made or evolved if need be. */
    public <K, T> RecordStore<K, T> store(Schema<K, T> schema) {
        entry.check("store");
        return new StoreHandle<>(this, state(schema), new Writer(options.author(), null, null));
    }

    /** A session of {@code author}. */
    public Session session(Author author) {
        entry.check("session");
        return new KeepSession(this, new Writer(author, null, null));
    }

    /** The storage's own SQL. */
    public SqlReader sql() {
        entry.check("sql");
        SqlSource source = storage.sqlSource()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "The storage " + storage.capabilities().name()
                                + " has no SQL. Use query() and groupBy(…), or a storage that has."));
        return new EngineSql(source, entry, SqlReader.DEFAULT_TIMEOUT, SqlReader.DEFAULT_MAX_ROWS);
    }

    /** The session of the default author. */
    public Session defaultSession() {
        entry.check("inTransaction");
        return new KeepSession(this, new Writer(options.author(), null, null));
    }

    /** The change log. */
    public ChangeLog log() {
        return log;
    }

    /** Refuses new work, finishes what is there, and closes the storage. */
    @Override
    public void close() {
        CallbackScope.refuse("close");
        if (!entry.close()) {
            return;
        }
        snapshots.making().close();
        gate.close();
        log.close();
        workers.close();
        storage.close();
    }

    /** The state of the store of {@code schema}, which is opened if need be. */
    @SuppressWarnings("unchecked")
    synchronized <K, T> StoreState<K, T> state(Schema<K, T> schema) {
        OwnStores.requireOther(schema);
        StoreState<?, ?> open = stores.get(schema.name());
        if (open == null) {
            open = open(schema);
            stores.put(schema.name(), open);
        }
        if (open.schema() != schema) {
            throw new IllegalArgumentException("Store " + schema.name()
                    + " is open with another schema object. Keep the schema in one constant and use that everywhere.");
        }
        return (StoreState<K, T>) open;
    }

    /** The state of a store of the library's own, if it was ever made: reading makes none. */
    synchronized <K, T> Optional<StoreState<K, T>> ifThere(Schema<K, T> schema) {
        if (isShared && !stores.containsKey(schema.name())) {
            refreshLayouts();
        }
        boolean isThere =
                layouts.values().stream().anyMatch(layout -> layout.name().equals(schema.name()));
        return isThere ? Optional.of(state(schema)) : Optional.empty();
    }

    /** The layouts of all stores as they are now. Not while a store is opened, which would take them for known. */
    synchronized List<StoreLayout> layouts() {
        refreshLayouts();
        return List.copyOf(new TreeMap<>(layouts).values());
    }

    private void committed(long sequence) {
        feed.advance(sequence);
        snapshots.automatic().committed(sequence);
    }

    /** Whether a store is the library's own. */
    boolean isOwn(int storeId) {
        return OwnStores.contain(layout(storeId).name());
    }

    /**
     * The state of a store that the application has opened.
     *
     * @throws IllegalStateException if it has not
     */
    synchronized StoreState<?, ?> opened(int storeId) {
        String name = layout(storeId).name();
        StoreState<?, ?> open = stores.get(name);
        if (open == null) {
            throw new IllegalStateException("The commit changed store " + name
                    + ", which is not open. Call keep.store(schema) with its schema first.");
        }
        return open;
    }

    private <K, T> StoreState<K, T> open(Schema<K, T> schema) {
        StoreLayout fitted = fitted(schema);
        @Nullable ChangeStamps stamps = storage.stamps(fitted).orElse(null);
        return new StoreState<>(schema, fitted, incarnation, epoch, options.cachedRecords(), stamps);
    }

    /** The installed layout of {@code schema}; decided anew if another process has installed one meanwhile. */
    private StoreLayout fitted(Schema<?, ?> schema) {
        for (int attempt = 1; ; attempt++) {
            if (isShared) {
                refreshLayouts();
            }
            try {
                return fit(schema);
            } catch (StorageException e) {
                if (e.kind() != StorageException.Kind.STALE || attempt == MAX_INSTALLS) {
                    throw e;
                }
            }
        }
    }

    private StoreLayout fit(Schema<?, ?> schema) {
        Optional<StoreLayout> present = layouts.values().stream()
                .filter(layout -> layout.name().equalsIgnoreCase(schema.name()))
                .findFirst();
        int newId = layouts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        StoreLayout fitted = Layouts.fit(schema, present, newId);
        if (!present.equals(Optional.of(fitted))) {
            if (access == StorageProvider.Access.READ_ONLY) {
                throw new IllegalStateException(
                        "Store " + schema.name() + " is not there, or has fewer columns than the"
                                + " schema, and the storage is open for reading only. Open it for writing once.");
            }
            gate.exclusively(() -> install(fitted));
            layouts.put(fitted.id(), fitted);
        }
        return fitted;
    }

    /** Installs a layout; where nobody knows whether that worked, looks. */
    private void install(StoreLayout layout) {
        try {
            storage.install(layout);
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.UNKNOWN_OUTCOME) {
                throw e;
            }
            storage.recover();
            if (!storage.layouts().contains(layout)) {
                throw new StorageException(
                        StorageException.Kind.ROLLED_BACK,
                        "The storage failed while making store " + layout.name()
                                + " and was opened anew: nothing of it is there. It is safe to try again.",
                        e);
            }
        }
    }

    /** Records are folded as the newest layouts say, whoever installed them. */
    private Verifier verifier() {
        return new Verifier(storage, this::refreshLayouts, this::layout);
    }

    private void refreshLayouts() {
        storage.layouts().forEach(layout -> layouts.put(layout.id(), layout));
    }

    private StoreLayout layout(int storeId) {
        if (isShared && !layouts.containsKey(storeId)) {
            refreshLayouts();
        }
        StoreLayout layout = layouts.get(storeId);
        if (layout == null) {
            throw new IllegalStateException("The log names a store " + storeId + " that the storage does not have");
        }
        return layout;
    }

    /** The time that a commit would have now: that of the clock, but never before the newest commit's. */
    Instant commitTime() {
        long now = StoreState.micros(options.clock().instant());
        return StoreState.instant(Math.max(now, storage.head().timeMicros()));
    }

    /**
     * A commit by its position.
     *
     * @throws dev.rowkeep.log.UnknownPositionException if it is not one of this log
     * @throws IllegalArgumentException if it is the log's start
     */
    LoggedCommit commitAt(Position position) {
        pastViews.requireKnown(position);
        if (position.sequence() == 0) {
            throw new IllegalArgumentException(
                    "There is no commit at the log's start, " + position + ". Give the position of a commit.");
        }
        return storage.commitAt(position.sequence()).orElseThrow();
    }

    Commit decoded(LoggedCommit commit) {
        return decoder.commit(commit);
    }

    /** The place of a commit in the log. */
    Position position(long sequence) {
        return new Position(incarnation, 0, epoch, sequence);
    }

    Writer writer(Session session) {
        if (session instanceof KeepSession own && own.engine() == this) {
            return own.writer();
        }
        throw new IllegalArgumentException(
                "The session belongs to another handle. Get it from the RowKeep that the store is from.");
    }

    /** The state of a store of this handle's. */
    <K, T> StoreState<K, T> own(RecordStore<K, T> store) {
        if (store instanceof StoreHandle<K, T> own && own.engine() == this) {
            return own.store();
        }
        throw new IllegalArgumentException(
                "The store belongs to another handle. Get it from the RowKeep whose transaction this is.");
    }

    Entry entry() {
        return entry;
    }

    Storage storage() {
        return storage;
    }

    Reads reads() {
        return reads;
    }

    Writes writes() {
        return writes;
    }

    GroupWrites groupWrites() {
        return groupWrites;
    }

    Transactions transactions() {
        return transactions;
    }

    Results results() {
        return results;
    }

    Histories histories() {
        return histories;
    }

    PastViews pastViews() {
        return pastViews;
    }

    Previews previews() {
        return previews;
    }

    UndoStack undoStack() {
        return undoStack;
    }

    LogFeed feed() {
        return feed;
    }

    KeptSnapshots snapshots() {
        return snapshots;
    }
}
