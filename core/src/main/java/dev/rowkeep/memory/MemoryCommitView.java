package dev.rowkeep.memory;

import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a decision sees. Refuses to be used after the decision, when what it would show may be changing. */
final class MemoryCommitView implements CommitView, AutoCloseable {
    private final MemoryLog log;
    private final MemoryTables tables;
    private final MemoryRequests requests;
    private volatile boolean isDecided;

    MemoryCommitView(MemoryLog log, MemoryTables tables, MemoryRequests requests) {
        this.log = log;
        this.tables = tables;
        this.requests = requests;
    }

    @Override
    public Head head() {
        requireDeciding();
        return log.head();
    }

    @Override
    public Head start() {
        requireDeciding();
        return log.start();
    }

    @Override
    public @Nullable Image image(StoreLayout layout, Object key) {
        requireDeciding();
        return tables.of(layout).image(key);
    }

    @Override
    public @Nullable Object owner(StoreLayout layout, int ordinal, Object value) {
        requireDeciding();
        return tables.of(layout).owner(ordinal, value);
    }

    @Override
    public @Nullable StoredRequest request(String id) {
        requireDeciding();
        return requests.find(id);
    }

    @Override
    public List<LoggedCommit> commitsAfter(long sequence, int most) {
        requireDeciding();
        return log.after(sequence, most);
    }

    @Override
    public List<LoggedChange> changesAfter(StoreLayout layout, long sequence, int most) {
        requireDeciding();
        return log.after(layout.id(), sequence, most);
    }

    @Override
    public void close() {
        isDecided = true;
    }

    private void requireDeciding() {
        if (isDecided) {
            throw new IllegalStateException("A commit view is only valid during the decision that it was given to.");
        }
    }
}
