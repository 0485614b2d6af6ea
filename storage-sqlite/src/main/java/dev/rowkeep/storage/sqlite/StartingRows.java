package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the records that a log begins with, within the writer's transaction. A few of each store are in memory at a time. */
final class StartingRows {
    private static final int MOST_HELD = 1024;

    private final Session session;
    private final Catalog catalog;
    private final Failures failures;
    private final Map<StoreTable, List<@Nullable Object[]>> live = new LinkedHashMap<>();
    private final List<@Nullable Object[]> tombstones = new ArrayList<>();
    private @Nullable StorageException failure;

    StartingRows(Session session, Catalog catalog, Failures failures) {
        this.session = session;
        this.catalog = catalog;
        this.failures = failures;
    }

    /**
     * Begins the log behind {@code start}.
     *
     * @throws StorageException {@code PERMANENT} if there is a log already
     */
    void write(Head start, StartingRecords records) throws SQLException {
        long head = LogRows.head(session).sequence();
        if (head != 0) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot begin the log behind commit " + start.sequence() + ": it is there already, up to commit "
                            + head + ". Nothing was written; begin in a database of its own.",
                    null);
        }
        records.feedTo(this::add);
        requireSound();
        for (Map.Entry<StoreTable, List<@Nullable Object[]>> held : live.entrySet()) {
            insert(held.getKey().insert(), held.getValue());
        }
        insert(PlanWriter.TOMBSTONES, tombstones);
        LogStart.write(session, start);
    }

    private void add(StoreLayout layout, Image image) {
        requireSound();
        StoreTable table = catalog.table(layout);
        Object key = table.keyParameter(image.key());
        try {
            if (image.isLive()) {
                List<@Nullable Object[]> rows = live.computeIfAbsent(table, any -> new ArrayList<>());
                rows.add(PlanWriter.row(table, image, key));
                insertIfMany(table.insert(), rows);
            } else {
                tombstones.add(PlanWriter.tombstone(table, image, key));
                insertIfMany(PlanWriter.TOMBSTONES, tombstones);
            }
        } catch (SQLException e) {
            failure = failures.of("begin the log", e);
            throw failure;
        }
    }

    /** Whoever feeds may have caught the failure: SQLite may have ended the transaction, and what came after would be written outside of it. */
    private void requireSound() {
        if (failure != null) {
            throw failure;
        }
    }

    private void insertIfMany(InsertSql sql, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.size() >= MOST_HELD) {
            insert(sql, rows);
        }
    }

    private void insert(InsertSql sql, List<@Nullable Object[]> rows) throws SQLException {
        RowBatches.insert(session, sql, rows);
        rows.clear();
    }
}
