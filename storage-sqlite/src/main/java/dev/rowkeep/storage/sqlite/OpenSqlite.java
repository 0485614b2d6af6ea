package dev.rowkeep.storage.sqlite;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
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
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open database. Reads go through {@link Readers}, writes through the one {@link Writer}. */
final class OpenSqlite implements Storage {
    static final String NAME = "sqlite";

    private final Parts parts;
    private final Access access;
    private final Format.Identity identity;
    private final Capabilities capabilities;
    private final Path attachments;
    private volatile boolean isClosed;

    /** The newest commit of any process, as long as nobody has committed since it was read. */
    private volatile SeenHead seenHead = new SeenHead(Head.empty(), ChangeStamps.UNSETTLED);

    /** As of which installed layouts {@link #layouts} last answered. */
    private volatile long givenLayouts;

    private record SeenHead(Head head, long stamp) {}

    /** What an open database is made of. */
    record Parts(
            StoreLock lock,
            Catalog catalog,
            Readers readers,
            Readers sqlReaders,
            Readers copiers,
            Writer writer,
            Erasure erasure,
            Failures failures,
            Coherence coherence) {}

    OpenSqlite(Parts parts, Access access, Format.Identity identity, Path attachments) {
        this.attachments = attachments;
        this.parts = parts;
        this.access = access;
        this.identity = identity;
        this.givenLayouts = parts.catalog().version();
        this.capabilities = new Capabilities(
                NAME, Capabilities.Durability.DURABLE, 10_000, parts.coherence().sharing());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public UUID incarnation() {
        return identity.incarnation();
    }

    @Override
    public Head head() {
        if (!isShared()) {
            return parts.writer().head();
        }
        SeenHead seen = seenHead;
        if (parts.coherence().isLogUntouched(seen.stamp())) {
            return seen.head();
        }
        long stamp = parts.coherence().logStamp();
        Head head = parts.readers().read("read the log", LogRows::head);
        seenHead = new SeenHead(head, stamp);
        return head;
    }

    private boolean isShared() {
        return capabilities.sharing() == Capabilities.Sharing.SEVERAL_PROCESSES;
    }

    @Override
    public Optional<ChangeStamps> stamps(StoreLayout layout) {
        return parts.coherence().stamps(layout.id());
    }

    @Override
    public List<StoreLayout> layouts() {
        if (isShared()) {
            parts.readers().readTogether("read the catalogue", session -> {
                parts.catalog().refresh(session);
                return Optional.empty();
            });
        }
        givenLayouts = parts.catalog().version();
        return parts.catalog().layouts();
    }

    @Override
    public void install(StoreLayout layout) {
        requireWritable();
        parts.writer().write("install store " + layout.name(), session -> {
            requireNoneInstalledMeanwhile(layout);
            requireOwnName(layout);
            StoreLayout before = parts.catalog().layout(layout.id());
            for (String statement : TableEvolution.statements(before, layout)) {
                session.execute(statement);
            }
            LayoutRows.write(session, layout);
            Format.countLayout(session);
        });
        parts.catalog().put(layout);
        givenLayouts = parts.catalog().version();
    }

    private void requireNoneInstalledMeanwhile(StoreLayout layout) {
        if (parts.catalog().version() != givenLayouts) {
            throw new StorageException(
                    Kind.STALE,
                    "Cannot install store " + layout.name() + ": another process has installed a layout meanwhile."
                            + " Nothing was written. Read the layouts again and decide anew.",
                    null);
        }
    }

    private void requireOwnName(StoreLayout layout) {
        for (StoreLayout other : parts.catalog().layouts()) {
            boolean sameName = other.name().equalsIgnoreCase(layout.name());
            if (sameName != (other.id() == layout.id())) {
                throw new StorageException(
                        Kind.PERMANENT,
                        "Cannot install store " + layout.name() + " as number " + layout.id() + ": number " + other.id()
                                + " is store " + other.name() + " (SQLite ignores case). Give the store another name.",
                        null);
            }
        }
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        StoreTable table = parts.catalog().table(layout);
        return parts.readers()
                .read("read", session -> Optional.ofNullable(ImageRows.read(session, table, key)))
                .orElse(null);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        StoreTable table = parts.catalog().table(layout);
        return parts.readers().readTogether("read", session -> ImageRows.readAll(session, table, keys));
    }

    @Override
    public StorageSnapshot snapshot() {
        return SqliteSnapshot.open(parts.readers(), parts.failures(), parts.catalog());
    }

    @Override
    public void commit(CommitWork work) {
        requireWritable();
        parts.writer().commit(work);
    }

    @Override
    public Head recover() {
        requireWritable();
        return parts.writer().reopen();
    }

    @Override
    public List<LoggedCommit> commitsAfter(long sequence, int most) {
        return parts.readers()
                .read("read the log", session -> LogRows.commitsAfter(session, parts.catalog(), sequence, most));
    }

    @Override
    public void changes(StoreLayout layout, long after, long through, Consumer<? super LoggedChange> visitor) {
        parts.readers().read("read the log", session -> {
            LogRows.changes(session, layout, after, through, visitor);
            return after;
        });
    }

    @Override
    public Map<Long, LoggedHeader> headers(List<Long> sequences) {
        return parts.readers().read("read the log", session -> LogRows.headers(session, sequences));
    }

    @Override
    public Head start() {
        return parts.readers().read("read the log", LogStart::read);
    }

    @Override
    public void dropThrough(long sequence) {
        requireWritable();
        parts.writer().write("drop the log's oldest commits", session -> LogStart.dropThrough(session, sequence));
    }

    @Override
    public void dropContents(List<LoggedChange> dropped) {
        requireWritable();
        if (!dropped.isEmpty()) {
            parts.writer().write("drop contents of the log", session -> DroppedContents.drop(session, dropped));
        }
    }

    @Override
    public long contentsDroppedThrough(StoreLayout layout) {
        return parts.readers().read("read the log", session -> DroppedContents.through(session, layout.id()));
    }

    @Override
    public void begin(Head start, StartingRecords records) {
        requireWritable();
        parts.writer().beginLog(start, records);
    }

    @Override
    public void erase(List<ErasedRecords> records) {
        requireWritable();
        if (!records.isEmpty()) {
            parts.erasure().run(records);
        }
    }

    @Override
    public boolean reclaim() {
        requireWritable();
        if (!parts.readers().read("look for free pages", FreePages::areThere)) {
            return false;
        }
        parts.writer().write("give back free pages", FreePages::release);
        return parts.readers().read("look for free pages", FreePages::areThere);
    }

    @Override
    public List<StoredRequest> requests(long from, long to) {
        return parts.readers().readTogether("read requests", session -> Requests.ofCommits(session, from, to));
    }

    @Override
    public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
        RecordHistory history = parts.catalog().table(layout).history();
        return parts.readers().read("read the log", session -> history.versions(session, key, newest, oldest));
    }

    @Override
    public long versionAt(StoreLayout layout, Object key, long sequence) {
        RecordHistory history = parts.catalog().table(layout).history();
        return parts.readers().read("read the log", session -> history.versionAt(session, key, sequence));
    }

    @Override
    public long sequenceAt(long timeMicros) {
        Head head = head();
        return parts.readers().read("read the log", session -> LogRows.sequenceAt(session, head, timeMicros));
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        return SqliteScan.open(
                parts.readers(), parts.failures(), parts.catalog().table(layout), query);
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        StoreTable table = parts.catalog().table(layout);
        return parts.readers()
                .read(
                        "count",
                        session ->
                                session.number(session.prepared(table.queries().count(where)), 0));
    }

    @Override
    public Optional<SqlSource> sqlSource() {
        return Optional.of(new SqlDoor(parts.readers(), parts.sqlReaders(), parts.failures()));
    }

    @Override
    public Optional<BackupSource> backupSource() {
        return Optional.of(new SqliteCopy(parts.copiers()));
    }

    @Override
    public Optional<Path> attachments() {
        return Optional.of(attachments);
    }

    @Override
    public Optional<String> check() {
        return parts.readers().read("check", session -> StructureCheck.firstFault(session, parts.catalog()));
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            parts.copiers().close();
            parts.sqlReaders().close();
            parts.readers().close();
            parts.writer().discard();
            parts.coherence().close();
            parts.lock().close();
        }
    }

    private void requireWritable() {
        if (isClosed) {
            throw new StorageException(Kind.PERMANENT, "The storage was closed. Open it again.", null);
        }
        if (access == Access.READ_ONLY) {
            throw new StorageException(
                    Kind.PERMANENT, "The storage is open for reading only. Open it with READ_WRITE to write.", null);
        }
    }
}
