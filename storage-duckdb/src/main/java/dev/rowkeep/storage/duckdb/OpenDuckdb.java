package dev.rowkeep.storage.duckdb;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.Capabilities;
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
import dev.rowkeep.spi.SqlSource;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An open database with its journal. A commit is checked against what is resident, appended to the journal, and taken in; whoever asks
 * the database for more than one record first has the rest brought there.
 */
final class OpenDuckdb implements Storage {
    static final String NAME = "duckdb";

    private static final Capabilities CAPABILITIES =
            new Capabilities(NAME, Capabilities.Durability.DURABLE, 100_000, Capabilities.Sharing.ALONE);
    private static final String COMMIT = "commit";

    /** Three quarters of what one record of the journal takes: short values take more when they are erased. */
    private static final int MOST_BYTES = 3 << 28;

    private final Parts parts;
    private final Access access;
    private final long memoryLimit;
    private final Path attachments;
    private final SqlDoor sqlDoor;
    private final Dropping dropping;
    private final Reclaiming reclaiming;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean isInDoubt;
    private volatile boolean isClosed;

    /** What an open database is made of. */
    record Parts(
            FileHold hold,
            Journal journal,
            Sessions sessions,
            Resident resident,
            Projector projector,
            Reads reads,
            Erasing erasing) {}

    OpenDuckdb(Parts parts, Access access, long memoryLimit, Path attachments) {
        this.attachments = attachments;
        this.parts = parts;
        this.access = access;
        this.memoryLimit = memoryLimit;
        this.sqlDoor = new SqlDoor(parts.projector(), parts.sessions());
        this.reclaiming = new Reclaiming(parts.journal(), parts.sessions(), parts.resident(), parts.projector());
        this.dropping =
                new Dropping(parts.resident(), parts.reads(), parts.projector(), entry -> append(entry, head().hash()));
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public UUID incarnation() {
        return parts.journal().identity().incarnation();
    }

    @Override
    public Head head() {
        return parts.resident().head();
    }

    @Override
    public List<StoreLayout> layouts() {
        return parts.resident().layouts();
    }

    @Override
    public void install(StoreLayout layout) {
        writing(() -> {
            parts.projector().project();
            ResidentStore installed = parts.sessions()
                    .inTransaction(
                            "install store " + layout.name(),
                            session -> Loading.installed(session, parts.resident(), layout));
            append(new Entry.Installed(layout), head().hash());
            parts.resident().install(installed);
            parts.projector().project();
        });
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        return parts.reads().one(parts.resident().store(layout.id()).table(), key);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        StoreTable table = parts.resident().store(layout.id()).table();
        parts.projector().project();
        return parts.reads().fromDatabase(table, keys);
    }

    @Override
    public StorageSnapshot snapshot() {
        parts.projector().project();
        return DuckdbSnapshot.open(parts.sessions());
    }

    @Override
    public void commit(CommitWork work) {
        writing.lock();
        try {
            requireWritable();
            if (parts.resident().backlogRows() > Projector.MOST_ROWS) {
                parts.projector().project();
            }
            CommitPlan plan = decide(work);
            if (plan.isEmpty()) {
                return;
            }
            PlanCheck.Checked checked = PlanCheck.check(plan, parts.resident());
            Entry.Committed entry = Entry.Committed.of(
                    plan,
                    parts.resident()
                            .forgotten(
                                    plan.requests().stored(),
                                    plan.requests().forgetBeforeMicros(),
                                    plan.requests().forgetMost()));
            append(entry, hashAfter(plan));
            parts.resident().commit(checked, entry);
            parts.projector().added(entry.rows());
        } finally {
            writing.unlock();
        }
    }

    private CommitPlan decide(CommitWork work) {
        try (DuckdbView view = new DuckdbView(parts.resident(), parts.reads())) {
            view.prefetch(work.reads());
            return work.decide(view);
        }
    }

    private byte[] hashAfter(CommitPlan plan) {
        List<LoggedCommit> commits = plan.commits();
        return commits.isEmpty()
                ? head().hash()
                : commits.get(commits.size() - 1).hash();
    }

    private void append(Entry entry, byte[] hashAfter) {
        byte[] payload = EntryCodec.encode(entry, parts.resident().layoutsById());
        if (payload.length > MOST_BYTES) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot commit " + payload.length + " bytes at once, the most is " + MOST_BYTES
                            + ". Nothing was written; commit it in parts.",
                    null);
        }
        try {
            parts.journal().append(new JournalRecord(parts.resident().number() + 1, head().hash(), hashAfter, payload));
        } catch (JournalException e) {
            isInDoubt |= e.kind() == JournalException.Kind.UNKNOWN_OUTCOME;
            throw parts.sessions().failures().of(COMMIT, e);
        }
    }

    @Override
    public Head recover() {
        writing.lock();
        try {
            requireOpen();
            parts.journal().recover();
            isInDoubt = false;
            return head();
        } catch (JournalException e) {
            throw parts.sessions().failures().of("recover", e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public List<LoggedCommit> commitsAfter(long sequence, int most) {
        return parts.reads().commitsAfter(sequence, most);
    }

    @Override
    public Head start() {
        return parts.resident().start();
    }

    @Override
    public void dropThrough(long sequence) {
        writing(() -> dropping.through(sequence));
    }

    @Override
    public void dropContents(List<LoggedChange> dropped) {
        writing(() -> dropping.contents(dropped));
    }

    @Override
    public long contentsDroppedThrough(StoreLayout layout) {
        return parts.resident().contentsDroppedThrough(layout.id());
    }

    private void writing(Runnable action) {
        boolean unused = writing(() -> {
            action.run();
            return true;
        });
    }

    private boolean writing(BooleanSupplier action) {
        writing.lock();
        try {
            requireWritable();
            return action.getAsBoolean();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void begin(Head start, StartingRecords records) {
        writing(() -> {
            Beginning.Begun begun = Beginning.of(start, records, parts.resident());
            append(begun.entry(), start.hash());
            parts.resident().begin(begun.stores(), begun.entry());
            parts.projector().project();
        });
    }

    @Override
    public void erase(List<ErasedRecords> records) {
        writing(() -> {
            try {
                parts.erasing().erase(records);
            } catch (StorageException e) {
                isInDoubt |= e.kind() == Kind.UNKNOWN_OUTCOME;
                throw e;
            }
        });
    }

    @Override
    public boolean reclaim() {
        return writing(reclaiming::next);
    }

    @Override
    public List<StoredRequest> requests(long from, long to) {
        return parts.resident().requests(from, to);
    }

    @Override
    public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
        parts.resident().store(layout.id());
        parts.projector().project();
        return parts.sessions().use("read the log", session -> LogRows.versions(session, layout, key, newest, oldest));
    }

    @Override
    public long versionAt(StoreLayout layout, Object key, long sequence) {
        long newest =
                parts.resident().version(layout.id(), key); // Before: of a record that comes meanwhile it must be 0.
        parts.projector().project();
        return parts.sessions()
                .use("read the log", session -> LogRows.versionAt(session, layout, key, sequence, newest));
    }

    @Override
    public long sequenceAt(long timeMicros) {
        parts.projector().project();
        long found = parts.sessions().use("read the log", session -> LogRows.sequenceAt(session, timeMicros));
        Head start = start(); // After: what it has passed meanwhile is not in the database any more.
        return found == 0 && start.timeMicros() <= timeMicros ? start.sequence() : found;
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        StoreTable table = parts.resident().store(layout.id()).table();
        parts.projector().project();
        return DuckdbScan.alone(parts.sessions(), table, query);
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        StoreTable table = parts.resident().store(layout.id()).table();
        parts.projector().project();
        return parts.sessions()
                .use(
                        "count",
                        session ->
                                session.number(session.prepared(table.queries().count(where))));
    }

    @Override
    public Optional<SqlSource> sqlSource() {
        return Optional.of(sqlDoor);
    }

    @Override
    public Optional<BackupSource> backupSource() {
        return Optional.of(new DuckdbCopy(parts.journal(), parts.sessions().failures(), memoryLimit));
    }

    @Override
    public Optional<Path> attachments() {
        return Optional.of(attachments);
    }

    @Override
    public Optional<String> check() {
        parts.projector().project();
        return StructureCheck.firstFault(parts.journal(), parts.sessions(), parts.resident());
    }

    /** What is not in the database yet is brought there, if that is possible; if not, it is in the journal. */
    @Override
    public void close() {
        writing.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            parts.projector().close();
            parts.sessions().close();
            parts.journal().close();
            parts.hold().close();
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new StorageException(Kind.PERMANENT, "The storage was closed. Open it again.", null);
        }
    }

    private void requireWritable() {
        requireOpen();
        if (access == Access.READ_ONLY) {
            throw new StorageException(
                    Kind.PERMANENT, "The storage is open for reading only. Open it with READ_WRITE to write.", null);
        }
        if (isInDoubt) {
            throw new StorageException(
                    Kind.ROLLED_BACK,
                    "Cannot write: the outcome of an earlier commit is unknown. Nothing was written. Recover the storage"
                            + " first, or open it again.",
                    null);
        }
    }
}
