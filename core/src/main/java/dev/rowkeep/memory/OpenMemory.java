package dev.rowkeep.memory;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Capabilities;
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
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One opening of a memory storage: what may be done with its content, until it is closed. */
final class OpenMemory implements Storage {
    private static final Capabilities CAPABILITIES =
            new Capabilities("memory", Capabilities.Durability.VOLATILE, Integer.MAX_VALUE, Capabilities.Sharing.ALONE);

    private final MemoryContent content;
    private final Access access;
    private final Runnable release;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    OpenMemory(MemoryContent content, Access access, Runnable release) {
        this.content = content;
        this.access = access;
        this.release = release;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public UUID incarnation() {
        return open().incarnation();
    }

    @Override
    public Head head() {
        return open().head();
    }

    @Override
    public List<StoreLayout> layouts() {
        return open().layouts();
    }

    @Override
    public void install(StoreLayout layout) {
        writable().install(layout);
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        return open().read(layout, key);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        return open().readAll(layout, keys);
    }

    @Override
    public StorageSnapshot snapshot() {
        return open().snapshot();
    }

    @Override
    public void commit(CommitWork work) {
        writable().commit(work);
    }

    /** There is nothing to recover from: no commit ends without a known outcome. */
    @Override
    public Head recover() {
        return open().head();
    }

    @Override
    public List<LoggedCommit> commitsAfter(long sequence, int most) {
        return open().commitsAfter(sequence, most);
    }

    @Override
    public Head start() {
        return open().start();
    }

    @Override
    public void dropThrough(long sequence) {
        writable().dropThrough(sequence);
    }

    @Override
    public void dropContents(List<LoggedChange> dropped) {
        writable().dropContents(dropped);
    }

    @Override
    public long contentsDroppedThrough(StoreLayout layout) {
        return open().contentsDroppedThrough(layout);
    }

    @Override
    public void begin(Head start, StartingRecords records) {
        writable().begin(start, records);
    }

    @Override
    public void erase(List<ErasedRecords> records) {
        if (!records.isEmpty()) {
            writable().erase(records);
        }
    }

    @Override
    public List<StoredRequest> requests(long from, long to) {
        return open().requests(from, to);
    }

    @Override
    public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
        return open().versions(layout, key, newest, oldest);
    }

    @Override
    public long versionAt(StoreLayout layout, Object key, long sequence) {
        return open().versionAt(layout, key, sequence);
    }

    @Override
    public long sequenceAt(long timeMicros) {
        return open().sequenceAt(timeMicros);
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        return open().scan(layout, query);
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        return open().count(layout, where);
    }

    @Override
    public Optional<String> check() {
        return open().check();
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            release.run();
        }
    }

    private MemoryContent open() {
        if (isClosed.get()) {
            throw new StorageException(
                    StorageException.Kind.PERMANENT, "This memory storage was closed. Open it again.", null);
        }
        return content;
    }

    private MemoryContent writable() {
        if (access == Access.READ_ONLY) {
            throw new StorageException(
                    StorageException.Kind.PERMANENT,
                    "This memory storage is open for reading only. Open it with READ_WRITE to write.",
                    null);
        }
        return open();
    }
}
