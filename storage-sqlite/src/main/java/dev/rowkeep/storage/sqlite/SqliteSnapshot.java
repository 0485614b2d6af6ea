package dev.rowkeep.storage.sqlite;

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

/**
 * A read transaction on a connection of its own. While it is open, SQLite's checkpoints get no further than the commit that it shows,
 * and the write-ahead log grows.
 */
final class SqliteSnapshot implements StorageSnapshot {
    private static final String ACTION = "read a snapshot";

    private final Readers readers;
    private final Failures failures;
    private final Catalog catalog;
    private final Session session;
    private final Head head;
    private boolean isSound = true;
    private boolean isClosed;

    private SqliteSnapshot(Readers readers, Failures failures, Catalog catalog, Session session, Head head) {
        this.readers = readers;
        this.failures = failures;
        this.catalog = catalog;
        this.session = session;
        this.head = head;
    }

    /** Begins to read: the transaction shows what its first statement, which asks for the head, has met. */
    static SqliteSnapshot open(Readers readers, Failures failures, Catalog catalog) {
        Session session = readers.lease(ACTION);
        try {
            session.execute("BEGIN");
            return new SqliteSnapshot(readers, failures, catalog, session, LogRows.head(session));
        } catch (SQLException e) {
            readers.discard(session);
            throw failures.of(ACTION, e);
        }
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        StoreTable table = catalog.table(layout);
        return reading(session -> Optional.ofNullable(ImageRows.read(session, table, key)))
                .orElse(null);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        StoreTable table = catalog.table(layout);
        return reading(session -> ImageRows.readAll(session, table, keys));
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        StoreTable table = catalog.table(layout);
        return SqliteScan.within(open(), this::fail, failures, table, query);
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        StoreTable table = catalog.table(layout);
        return reading(
                session -> session.number(session.prepared(table.queries().count(where)), 0));
    }

    @Override
    public ImageScan tombstones(StoreLayout layout) {
        StoreTable table = catalog.table(layout);
        ResultSet rows =
                reading(session -> session.prepared(table.selectTombstones()).executeQuery());
        return new ImageScan() {
            @Override
            public @Nullable Image next() {
                return reading(session -> rows.next()
                                ? Optional.of(ImageRows.tombstone(session, rows, table))
                                : Optional.<Image>empty())
                        .orElse(null);
            }

            @Override
            public void close() {
                try {
                    rows.close();
                } catch (SQLException e) {
                    fail(); // The tombstones were given; what is left is a connection that nobody needs.
                }
            }
        };
    }

    private <R> R reading(Readers.Reading<R> reading) {
        try {
            return reading.read(open());
        } catch (SQLException e) {
            fail();
            throw failures.of(ACTION, e);
        }
    }

    private Session open() {
        if (isClosed) {
            throw new IllegalStateException("The snapshot was closed.");
        }
        return session;
    }

    private void fail() {
        isSound = false;
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
                readers.release(session);
                return;
            }
        } catch (SQLException e) {
            // It was only read from, and what it gave was sound.
        }
        readers.discard(session);
    }
}
