package dev.rowkeep.storage.duckdb;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transaction of the database's that only reads, on a connection of its own. */
final class DuckdbSnapshot implements StorageSnapshot {
    private static final String ACTION = "read a snapshot";

    private final Sessions sessions;
    private final DuckdbSession session;
    private final Head head;
    private boolean isSound = true;
    private boolean isClosed;

    private DuckdbSnapshot(Sessions sessions, DuckdbSession session, Head head) {
        this.sessions = sessions;
        this.session = session;
        this.head = head;
    }

    /** Begins to read: the transaction shows what its first statement, which asks for the head, has met. */
    static DuckdbSnapshot open(Sessions sessions) {
        DuckdbSession session = sessions.lease(ACTION);
        try {
            session.execute("BEGIN TRANSACTION");
            return new DuckdbSnapshot(sessions, session, Format.meta(session).head());
        } catch (SQLException e) {
            sessions.discard(session);
            throw sessions.failures().of(ACTION, e);
        }
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        List<Image> found = readAll(layout, List.of(key));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return reading(session -> ImageRows.readAll(session, new StoreTable(layout), keys));
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        DuckdbScan.Ending ending = new DuckdbScan.Ending() {
            @Override
            public void close() {}

            @Override
            public void fail() {
                isSound = false;
            }
        };
        return new DuckdbScan(open(), sessions.failures(), ending, new StoreTable(layout), query);
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        return reading(session ->
                session.number(session.prepared(new StoreTable(layout).queries().count(where))));
    }

    @Override
    public ImageScan tombstones(StoreLayout layout) {
        ResultSet rows = reading(session ->
                session.prepared(new StoreTable(layout).selectTombstones()).executeQuery());
        return new ImageScan() {
            @Override
            public @Nullable Image next() {
                return reading(session -> rows.next()
                                ? Optional.of(
                                        ImageRows.tombstone(rows, layout.key().type()))
                                : Optional.<Image>empty())
                        .orElse(null);
            }

            @Override
            public void close() {
                try {
                    rows.close();
                } catch (SQLException e) {
                    isSound = false; // The tombstones were given; what is left is a connection that nobody needs.
                }
            }
        };
    }

    private <R> R reading(Sessions.Use<R> reading) {
        try {
            return reading.with(open());
        } catch (SQLException e) {
            isSound = false;
            throw sessions.failures().of(ACTION, e);
        }
    }

    private DuckdbSession open() {
        if (isClosed) {
            throw new IllegalStateException("The snapshot was closed.");
        }
        return session;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            if (isSound) {
                session.execute("COMMIT");
                sessions.release(session);
                return;
            }
        } catch (SQLException e) {
            // It was only read from, and what it gave was sound.
        }
        sessions.discard(session);
    }
}
