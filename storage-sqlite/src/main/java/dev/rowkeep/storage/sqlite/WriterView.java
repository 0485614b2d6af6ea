package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork.RecordRef;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the writer's open transaction sees. Used by the thread that commits, until its transaction ends. */
final class WriterView implements CommitView {
    private static final String ACTION = "read for a commit";

    private final Session session;
    private final Catalog catalog;
    private final Head head;
    private final Failures failures;

    /** By store and key, what was read; empty where the key was never used. */
    private final Map<Integer, Map<Object, Optional<Image>>> images = new HashMap<>();

    private @Nullable StorageException failure;

    @FunctionalInterface
    private interface Reading<R> {
        R read() throws SQLException;
    }

    WriterView(Session session, Catalog catalog, Head head, Failures failures) {
        this.session = session;
        this.catalog = catalog;
        this.head = head;
        this.failures = failures;
    }

    @Override
    public Head start() {
        return read(() -> LogStart.read(session));
    }

    /** Reads the images of {@code records}, those of one store together. */
    void prefetch(List<RecordRef> records) {
        if (records.size() < 2) {
            return; // It is read when it is asked for.
        }
        Map<StoreTable, List<Object>> keys = new HashMap<>();
        for (RecordRef record : records) {
            keys.computeIfAbsent(catalog.table(record.layout()), table -> new ArrayList<>())
                    .add(record.key());
        }
        keys.forEach((table, some) -> {
            Map<Object, Optional<Image>> known = known(table);
            List<Image> found = read(() -> ImageRows.readAll(session, table, some));
            some.forEach(key -> known.put(key, Optional.empty()));
            found.forEach(image -> known.put(image.key(), Optional.of(image)));
        });
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public @Nullable Image image(StoreLayout layout, Object key) {
        StoreTable table = catalog.table(layout);
        Map<Object, Optional<Image>> known = known(table);
        Optional<Image> image = known.get(key);
        if (image == null) {
            image = read(() -> Optional.ofNullable(ImageRows.read(session, table, key)));
            known.put(key, image);
        }
        return image.orElse(null);
    }

    @Override
    public @Nullable Object owner(StoreLayout layout, int ordinal, Object value) {
        StoreTable table = catalog.table(layout);
        Optional<Object> owner = read(() -> {
            PreparedStatement query = session.prepared(table.selectOwner(ordinal));
            query.setObject(1, table.cellParameter(ordinal, value));
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(ImageRows.key(row, table)) : Optional.empty();
            }
        });
        return owner.orElse(null);
    }

    @Override
    public @Nullable StoredRequest request(String id) {
        return read(() -> Optional.ofNullable(Requests.find(session, id))).orElse(null);
    }

    @Override
    public List<LoggedCommit> commitsAfter(long sequence, int most) {
        return read(() -> LogRows.commitsAfter(session, catalog, sequence, most));
    }

    @Override
    public List<LoggedChange> changesAfter(StoreLayout layout, long sequence, int most) {
        return read(() -> LogRows.changesAfter(session, catalog, layout.id(), sequence, most));
    }

    /** Whether this transaction has seen that the key was never used. */
    boolean knowsUnused(StoreTable table, Object key) {
        Optional<Image> image = known(table).get(key);
        return image != null && image.isEmpty();
    }

    /**
     * Throws the failure that a read met, if one did: SQLite may have ended the transaction, and what came after would be written
     * outside of it.
     */
    void requireSound() {
        if (failure != null) {
            throw failure;
        }
    }

    private Map<Object, Optional<Image>> known(StoreTable table) {
        return images.computeIfAbsent(table.layout().id(), id -> new HashMap<>());
    }

    private <R> R read(Reading<R> reading) {
        requireSound();
        try {
            return reading.read();
        } catch (SQLException e) {
            failure = failures.of(ACTION, e);
            throw failure;
        }
    }
}
