package dev.rowkeep.storage.tck;

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

/** A storage that passes every call on to another, for decorators that change a few of them. */
abstract class ForwardingStorage implements Storage {
    private final Storage delegate;

    ForwardingStorage(Storage delegate) {
        this.delegate = delegate;
    }

    /** The storage that does the work; asked for on every call. */
    Storage delegate() {
        return delegate;
    }

    @Override
    public Capabilities capabilities() {
        return delegate().capabilities();
    }

    @Override
    public UUID incarnation() {
        return delegate().incarnation();
    }

    @Override
    public Head head() {
        return delegate().head();
    }

    @Override
    public Optional<ChangeStamps> stamps(StoreLayout layout) {
        return delegate().stamps(layout);
    }

    @Override
    public List<StoreLayout> layouts() {
        return delegate().layouts();
    }

    @Override
    public void install(StoreLayout layout) {
        delegate().install(layout);
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        return delegate().read(layout, key);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        return delegate().readAll(layout, keys);
    }

    @Override
    public StorageSnapshot snapshot() {
        return delegate().snapshot();
    }

    @Override
    public void commit(CommitWork work) {
        delegate().commit(work);
    }

    @Override
    public Head recover() {
        return delegate().recover();
    }

    @Override
    public Optional<LoggedCommit> commitAt(long sequence) {
        return delegate().commitAt(sequence);
    }

    @Override
    public List<LoggedCommit> commitsAfter(long sequence, int most) {
        return delegate().commitsAfter(sequence, most);
    }

    @Override
    public Head start() {
        return delegate().start();
    }

    @Override
    public void dropThrough(long sequence) {
        delegate().dropThrough(sequence);
    }

    @Override
    public void dropContents(List<LoggedChange> dropped) {
        delegate().dropContents(dropped);
    }

    @Override
    public long contentsDroppedThrough(StoreLayout layout) {
        return delegate().contentsDroppedThrough(layout);
    }

    @Override
    public void begin(Head start, StartingRecords records) {
        delegate().begin(start, records);
    }

    @Override
    public void erase(List<ErasedRecords> records) {
        delegate().erase(records);
    }

    @Override
    public void changes(StoreLayout layout, long after, long through, Consumer<? super LoggedChange> visitor) {
        delegate().changes(layout, after, through, visitor);
    }

    @Override
    public Map<Long, LoggedHeader> headers(List<Long> sequences) {
        return delegate().headers(sequences);
    }

    @Override
    public boolean reclaim() {
        return delegate().reclaim();
    }

    @Override
    public List<StoredRequest> requests(long from, long to) {
        return delegate().requests(from, to);
    }

    @Override
    public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
        return delegate().versions(layout, key, newest, oldest);
    }

    @Override
    public long versionAt(StoreLayout layout, Object key, long sequence) {
        return delegate().versionAt(layout, key, sequence);
    }

    @Override
    public long sequenceAt(long timeMicros) {
        return delegate().sequenceAt(timeMicros);
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        return delegate().scan(layout, query);
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        return delegate().count(layout, where);
    }

    @Override
    public Optional<SqlSource> sqlSource() {
        return delegate().sqlSource();
    }

    @Override
    public Optional<BackupSource> backupSource() {
        return delegate().backupSource();
    }

    @Override
    public Optional<Path> attachments() {
        return delegate().attachments();
    }

    @Override
    public Optional<String> check() {
        return delegate().check();
    }

    @Override
    public void close() {
        delegate().close();
    }
}
