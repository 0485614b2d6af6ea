package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork.RecordRef;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a decision sees: as long as it lasts nobody commits, and what is being projected meanwhile changes nothing of it. */
final class DuckdbView implements CommitView, AutoCloseable {
    private final Resident resident;
    private final Reads reads;

    /** By store and key, what was read of the database. */
    private final Map<Integer, Map<Object, Image>> images = new HashMap<>();

    private volatile boolean isDecided;

    DuckdbView(Resident resident, Reads reads) {
        this.resident = resident;
        this.reads = reads;
    }

    /** Reads those of {@code records} that are only in the database, those of one store together. */
    void prefetch(List<RecordRef> records) {
        Map<ResidentStore, Set<Object>> wanted = new HashMap<>();
        for (RecordRef record : records) {
            ResidentStore store = resident.store(record.layout().id());
            if (isOnlyInDatabase(store, record.key())) {
                wanted.computeIfAbsent(store, any -> new LinkedHashSet<>()).add(record.key());
            }
        }
        wanted.forEach((store, keys) -> {
            Map<Object, Image> known = known(store);
            reads.fromDatabase(store.table(), keys).forEach(image -> known.put(image.key(), image));
        });
    }

    private boolean isOnlyInDatabase(ResidentStore store, Object key) {
        return store.version(key) > 0 && unprojected(store, key) == null;
    }

    private @Nullable Image unprojected(ResidentStore store, Object key) {
        return resident.reading(() -> Optional.ofNullable(store.unprojected(key)))
                .orElse(null);
    }

    @Override
    public Head head() {
        requireDeciding();
        return resident.head();
    }

    @Override
    public Head start() {
        requireDeciding();
        return resident.start();
    }

    @Override
    public @Nullable Image image(StoreLayout layout, Object key) {
        requireDeciding();
        ResidentStore store = resident.store(layout.id());
        Map<Object, Image> known = known(store);
        Image image = known.get(key);
        if (image == null && store.version(key) > 0) {
            image = unprojected(store, key);
            if (image == null) {
                image = reads.one(store.table(), key);
            }
            if (image != null) {
                known.put(key, image);
            }
        }
        return image;
    }

    private Map<Object, Image> known(ResidentStore store) {
        return images.computeIfAbsent(store.layout().id(), id -> new HashMap<>());
    }

    @Override
    public @Nullable Object owner(StoreLayout layout, int ordinal, Object value) {
        requireDeciding();
        return resident.store(layout.id()).owner(ordinal, value);
    }

    @Override
    public @Nullable StoredRequest request(String id) {
        requireDeciding();
        return resident.requests().get(id);
    }

    @Override
    public List<LoggedCommit> commitsAfter(long sequence, int most) {
        requireDeciding();
        return reads.commitsAfter(sequence, most);
    }

    @Override
    public List<LoggedChange> changesAfter(StoreLayout layout, long sequence, int most) {
        requireDeciding();
        return reads.changesAfter(layout.id(), sequence, most);
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
