package dev.rowkeep.internal.engine;

import dev.rowkeep.backup.Backups;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.retry.RetryLoop;
import dev.rowkeep.log.ChangeLog;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.retention.Retention;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.RequestWrites;
import dev.rowkeep.spi.SqlSource;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One open storage and everything that works on it. Owns the threads, which are daemons started on demand. */
public final class Engine implements AutoCloseable {
    private final Storage storage;
    private final KeepOptions options;
    private final Workers workers;
    private final Entry entry;
    private final LogFeed feed;
    private final Confirmations confirmations;
    private final CommitGate gate;
    private final OpenStores stores;
    private final Reads reads;
    /** Asked once: what has landed must be answered whatever becomes of the storage afterwards. */
    private final UUID incarnation;

    private final Epochs epochs = new Epochs();
    private final Writes writes;
    private final GroupWrites groupWrites;
    private final Transactions transactions;
    private final Results results;
    private final KeptLog keptLog;
    private final Histories histories;
    private final PastViews pastViews;
    private final Previews previews;
    private final LogDecoder decoder;
    private final UndoStack undoStack;
    private final Erasures erasures;
    private final EngineLog log;
    private final KeptSnapshots snapshots;

    /** Opens {@code provider}'s storage; closes it again if it does not say what it holds. */
    public static Engine open(StorageProvider provider, StorageProvider.Access access, KeepOptions options) {
        return open(provider, access, options, engine -> {});
    }

    /** As {@link #open(StorageProvider, StorageProvider.Access, KeepOptions)}; {@code first} is done before anything else is written. */
    public static Engine open(
            StorageProvider provider, StorageProvider.Access access, KeepOptions options, Consumer<Engine> first) {
        Storage storage = provider.open(access);
        Engine engine = null;
        try {
            engine = new Engine(storage, access, options);
            first.accept(engine);
            if (access == StorageProvider.Access.READ_WRITE) {
                engine.snapshots.making().tidy();
                engine.erasures.finish();
            }
            engine.confirmations.begin();
            return engine;
        } catch (RuntimeException | Error e) {
            if (engine == null) {
                storage.close();
            } else {
                engine.close();
            }
            throw e;
        }
    }

    /** Works on an open storage, which is closed with it. */
    static Engine over(Storage storage, StorageProvider.Access access, KeepOptions options) {
        return new Engine(storage, access, options);
    }

    private Engine(Storage storage, StorageProvider.Access access, KeepOptions options) {
        this.options = options;
        this.storage = storage;
        this.incarnation = storage.incarnation();
        this.workers = new Workers(options.executor());
        this.entry = new Entry(access);
        Observer observer = new Observer(options.listener().orElse(null), workers.callbacks(), options.slowCall());
        boolean isShared = storage.capabilities().sharing() == Capabilities.Sharing.SEVERAL_PROCESSES;
        this.feed = new LogFeed(
                storage.head().sequence(), isShared ? () -> storage.head().sequence() : null);
        this.confirmations = new Confirmations(options.confirmations(), this::position, feed::advance);
        this.gate = new CommitGate(
                new BatchCommitter(
                                storage,
                                options.clock(),
                                observer,
                                options.requestsKept(),
                                this::committed,
                                confirmations)::commit,
                workers.drains(),
                workers::complete);
        this.stores = new OpenStores(storage, access, options.cachedRecords(), this::position, gate::exclusively);
        refreshEpochs();
        this.reads = new Reads(storage, observer, options.clock());
        RetryLoop retry = new RetryLoop(options.retry(), options.random(), Thread::sleep);
        this.results = new Results(observer);
        this.decoder = new LogDecoder(stores::layout, this::position);
        this.keptLog = new KeptLog(storage, this::position);
        this.histories = new Histories(storage, decoder, keptLog);
        Observer nobody = new Observer(null, workers.callbacks(), options.slowCall());
        Repeats repeats = new Repeats(histories, new Results(nobody));
        TurnWriter turnWriter = new TurnWriter(gate, reads);
        this.writes = new Writes(gate, turnWriter, retry, results, repeats, observer, workers.callbacks());
        this.groupWrites = new GroupWrites(
                gate, reads, retry, turnWriter, results, repeats, observer, this::state, this::position, feed::newest);
        this.transactions =
                new Transactions(this, storage, gate, retry, observer, options.clock(), options.transactions());
        this.snapshots = KeptSnapshots.of(this, options, workers.snapshots(), observer);
        this.pastViews = new PastViews(storage, this::position, entry, snapshots.source(), keptLog);
        this.previews = new Previews(storage, reads);
        this.undoStack = new UndoStack(this, retry, observer);
        FilteredLog filtered = new FilteredLog(storage, decoder, this::position, pastViews::sequenceAt);
        this.erasures = new Erasures(this, retry, observer);
        this.log = new EngineLog(
                storage,
                feed,
                decoder,
                filtered,
                new Shipping(storage, keptLog, this::position),
                confirmations,
                keptLog,
                this::position,
                entry,
                verifier());
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

    /** The backups of the storage in a folder. */
    public Backups backups(Path folder) {
        entry.check("backups");
        return KeepBackups.in(this, folder, options.clock());
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

    /** Keeps {@code replica} up to date with this log, until the subscription or this is closed. */
    public Subscription feed(Follower replica) {
        entry.check("follow");
        return log.feed(replica);
    }

    Confirmations confirmations() {
        return confirmations;
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
    <K, T> StoreState<K, T> state(Schema<K, T> schema) {
        return stores.state(schema);
    }

    OpenStores stores() {
        return stores;
    }

    /** Writes commits of a followed log, the first of which comes next; durable and seen by readers when it returns. */
    void replay(List<LoggedCommit> commits, RequestWrites requests) {
        Replay replay = new Replay(commits, requests, stores::layout, stores::openOrNull);
        try {
            storage.commit(replay);
        } catch (RuntimeException | Error e) {
            replay.abandon();
            throw e;
        }
        replay.publish();
        feed.advance(commits.get(commits.size() - 1).header().sequence());
    }

    /** Runs what no commit may run beside; where nobody knows what became of it, the storage is opened anew. */
    boolean exclusively(BooleanSupplier action) {
        AtomicBoolean result = new AtomicBoolean();
        gate.letPass();
        gate.exclusively(() -> {
            try {
                result.set(action.getAsBoolean());
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.UNKNOWN_OUTCOME) {
                    storage.recover();
                }
                throw e;
            }
        });
        return result.get();
    }

    Erasures erasures() {
        return erasures;
    }

    /** Retention as {@code writer} wants it. */
    Retention retention(Writer writer) {
        return new KeepRetention(this, options, writer);
    }

    private void committed(long sequence) {
        feed.advance(sequence);
        snapshots.automatic().committed(sequence);
    }

    /** Whether a store is the library's own. */
    boolean isOwn(int storeId) {
        return OwnStores.contain(stores.layout(storeId).name());
    }

    /** Records are folded as the newest layouts say, whoever installed them. */
    private Verifier verifier() {
        return new Verifier(storage, stores::refreshLayouts, stores::layout);
    }

    /** Epochs begin where a replica is promoted or takes such a commit in, and it has its storage alone: nobody else begins one meanwhile. */
    void refreshEpochs() {
        epochs.refresh(storage, stores.layoutOf(Epochs.SCHEMA));
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
        pastViews.requireHeld(position);
        if (position.sequence() == keptLog.start()) {
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
        return new Position(incarnation, 0, epochs.at(sequence), sequence);
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

    KeptLog keptLog() {
        return keptLog;
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
