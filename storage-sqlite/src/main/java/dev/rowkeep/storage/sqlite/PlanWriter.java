package dev.rowkeep.storage.sqlite;

import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes one plan within the writer's transaction.
 *
 * <p>The order lets unique values move between the plan's records: deletes, then cells emptied whose value another record takes, then
 * updates, then inserts. The log comes last.
 */
final class PlanWriter {
    private static final String LOG_COLUMNS =
            "INSERT INTO rowkeep_log (id, store, key, version, kind, previous, time, author, origin, hash, delta";

    /** Log rows without what few have. */
    private static final InsertSql PLAIN_LOG = new InsertSql(LOG_COLUMNS + ") VALUES ", 11);

    private static final InsertSql LOG = new InsertSql(LOG_COLUMNS + ", image, reason, correlation) VALUES ", 14);
    private static final InsertSql CHECKPOINTS = new InsertSql("INSERT INTO rowkeep_checkpoints VALUES ", 4);
    static final InsertSql TOMBSTONES = new InsertSql("INSERT INTO rowkeep_tombstones VALUES ", 9);
    private static final String DELETE_TOMBSTONE =
            "DELETE FROM rowkeep_tombstones WHERE store = ? AND key = ? AND version = ?";
    private static final String UNUSED_KEY = "SELECT 1 FROM rowkeep_tombstones WHERE store = ? AND key = ?";

    private final Session session;
    private final Catalog catalog;
    private final WriterView view;
    private final RowBatches deletes = new RowBatches();
    private final RowBatches frees = new RowBatches();
    private final RowBatches updates = new RowBatches();
    private final Map<StoreTable, List<@Nullable Object[]>> inserts = new LinkedHashMap<>();
    private final List<@Nullable Object[]> tombstones = new ArrayList<>();
    private final Map<StoreTable, Boolean> hasTombstones = new HashMap<>();

    PlanWriter(Session session, Catalog catalog, WriterView view) {
        this.session = session;
        this.catalog = catalog;
        this.view = view;
    }

    /**
     * Writes {@code plan} and gives the head that it makes.
     *
     * @throws StorageException {@code STALE} if a record is not what the plan stands on
     */
    Head write(CommitPlan plan) throws SQLException {
        requireNextCommits(plan);
        for (RowWrite write : plan.writes()) {
            add(write);
        }
        UniqueMoves.of(plan.writes()).forEach(this::free);
        deletes.run(session);
        frees.run(session);
        updates.run(session);
        for (Map.Entry<StoreTable, List<@Nullable Object[]>> each : inserts.entrySet()) {
            RowBatches.insert(session, each.getKey().insert(), each.getValue());
        }
        RowBatches.insert(session, TOMBSTONES, tombstones);
        if (!plan.requests().isEmpty()) {
            Requests.write(session, plan.requests());
        }
        if (plan.commits().isEmpty()) {
            return view.head();
        }
        writeLog(plan.commits());
        LoggedCommit last = plan.commits().get(plan.commits().size() - 1);
        return new Head(last.header().sequence(), last.header().timeMicros(), last.hash());
    }

    private void requireNextCommits(CommitPlan plan) {
        long expected = view.head().sequence();
        for (LoggedCommit commit : plan.commits()) {
            expected++;
            if (commit.header().sequence() != expected) {
                throw new StorageException(
                        Kind.PERMANENT,
                        "Not a plan for this storage: commit " + commit.header().sequence() + " stands where "
                                + expected + " comes next. Nothing was written; the deciding code is wrong.",
                        null);
            }
            if (commit.changes().isEmpty()) {
                throw new StorageException(
                        Kind.PERMANENT,
                        "Not a plan for this storage: commit " + expected + " changes nothing. Nothing was written; the"
                                + " deciding code is wrong.",
                        null);
            }
        }
    }

    private void add(RowWrite write) throws SQLException {
        Image before = write.before();
        boolean wasLive = before != null && before.isLive();
        boolean isLive = write.after().isLive();
        StoreTable table = catalog.table(write.layout());
        requireWhole(table);
        if (before != null && wasLive && isLive) {
            update(table, write, before);
            return;
        }
        Object key = table.keyParameter(write.after().key());
        if (before == null) {
            requireUnused(table, write, key);
        } else if (wasLive) {
            deletes.add(write, table.delete(), key, before.version());
        } else {
            deletes.add(write, DELETE_TOMBSTONE, table.layout().id(), key, before.version());
        }
        if (isLive) {
            inserts.computeIfAbsent(table, any -> new ArrayList<>()).add(row(table, write.after(), key));
        } else {
            tombstones.add(tombstone(table, write.after(), key));
        }
    }

    /** Who does not know all columns would leave their cells out of the log. */
    private static void requireWhole(StoreTable table) {
        if (!table.lacking().isEmpty()) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot write store " + table.layout().name() + ": another process has given it columns that this"
                            + " process's schema lacks (" + String.join(", ", table.lacking())
                            + "). Nothing was written. Open the storage again with a schema that has them.",
                    null);
        }
    }

    /** That no record has the key is seen by the insert itself; a tombstone, only by looking. */
    private void requireUnused(StoreTable table, RowWrite write, Object key) throws SQLException {
        boolean isLive = write.after().isLive();
        if (view.knowsUnused(table, write.after().key()) || (isLive && !hasTombstones(table))) {
            return;
        }
        PreparedStatement query = session.prepared(UNUSED_KEY);
        query.setInt(1, table.layout().id());
        query.setObject(2, key);
        boolean isUsed = session.number(query, 0) == 1;
        if (!isUsed && !isLive) {
            PreparedStatement live = session.prepared(table.selectByKey());
            live.setObject(1, key);
            try (var row = live.executeQuery()) {
                isUsed = row.next();
            }
        }
        if (isUsed) {
            throw RowBatches.stale(write);
        }
    }

    private boolean hasTombstones(StoreTable table) throws SQLException {
        Boolean known = hasTombstones.get(table);
        if (known == null) {
            known = ImageRows.hasTombstones(session, table);
            hasTombstones.put(table, known);
        }
        return known;
    }

    private void update(StoreTable table, RowWrite write, Image before) {
        BitSet changed = write.changed();
        Image after = write.after();
        boolean setsAuthor = !after.author().equals(before.author());
        boolean setsUser = !Objects.equals(storedUser(before), storedUser(after))
                || !Objects.equals(storedUserTime(before), storedUserTime(after));
        List<@Nullable Object> parameters = new ArrayList<>(changed.cardinality() + 9);
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            parameters.add(table.cellParameter(i, after.cells()[i]));
        }
        parameters.add(after.version());
        parameters.add(after.changeId());
        parameters.add(after.timeMicros());
        if (setsAuthor) {
            parameters.add(after.author().name());
            parameters.add(Codes.of(after.author().origin()));
        }
        if (setsUser) {
            parameters.add(storedUser(after));
            parameters.add(storedUserTime(after));
        }
        parameters.add(table.keyParameter(after.key()));
        parameters.add(before.version());
        updates.add(write, table.update(changed, writers(setsAuthor, setsUser)), parameters.toArray());
    }

    private static StoreTable.Writers writers(boolean author, boolean user) {
        if (author) {
            return user ? StoreTable.Writers.AUTHOR_AND_USER : StoreTable.Writers.AUTHOR;
        }
        return user ? StoreTable.Writers.USER : StoreTable.Writers.NONE;
    }

    private void free(RowWrite write, BitSet ordinals) {
        StoreTable table = catalog.table(write.layout());
        Object key = table.keyParameter(write.after().key());
        frees.add(
                write,
                table.free(ordinals),
                key,
                Objects.requireNonNull(write.before()).version());
    }

    /** A live record as its table holds it. */
    static @Nullable Object[] row(StoreTable table, Image image, Object key) {
        int cells = table.allOrdinals().length;
        @Nullable Object[] row = new Object[cells + 8];
        row[0] = key;
        for (int i = 0; i < cells; i++) {
            row[1 + i] = table.cellParameter(i, image.cells()[i]);
        }
        bookkeeping(image, row, 1 + cells);
        return row;
    }

    static @Nullable Object[] tombstone(StoreTable table, Image image, Object key) {
        @Nullable Object[] row = new Object[9];
        row[0] = table.layout().id();
        row[1] = key;
        bookkeeping(image, row, 2);
        return row;
    }

    private static void bookkeeping(Image image, @Nullable Object[] row, int from) {
        row[from] = image.version();
        row[from + 1] = image.changeId();
        row[from + 2] = image.author().name();
        row[from + 3] = Codes.of(image.author().origin());
        row[from + 4] = image.timeMicros();
        row[from + 5] = storedUser(image);
        row[from + 6] = storedUserTime(image);
    }

    /** Who touched the record last as a user, where that is not whoever made this version. */
    private static @Nullable String storedUser(Image image) {
        return image.author().origin() == Origin.USER ? null : image.userAuthor();
    }

    private static @Nullable Long storedUserTime(Image image) {
        return storedUser(image) == null ? null : (Long) image.userTimeMicros();
    }

    private void writeLog(List<LoggedCommit> commits) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(commits.size());
        List<@Nullable Object[]> checkpoints = new ArrayList<>();
        boolean isPlain = true;
        for (LoggedCommit commit : commits) {
            int first = rows.size();
            for (LoggedChange change : commit.changes()) {
                Object key = change.key() instanceof UUID ? change.key().toString() : change.key();
                rows.add(row(change, key));
                if (change.image() != null) {
                    checkpoints.add(new @Nullable Object[] {change.storeId(), key, change.version(), change.id()});
                    isPlain = false;
                }
            }
            addHeader(rows.get(first), commit);
            isPlain &= commit.header().reason() == null && commit.header().correlationId() == null;
        }
        RowBatches.insert(session, isPlain ? PLAIN_LOG : LOG, rows);
        RowBatches.insert(session, CHECKPOINTS, checkpoints);
    }

    private static @Nullable Object[] row(LoggedChange change, Object key) {
        @Nullable Object[] row = new Object[LOG.columns()];
        row[0] = change.id();
        row[1] = change.storeId();
        row[2] = key;
        row[3] = change.version();
        row[4] = Codes.of(change.kind());
        row[5] = change.previousId();
        row[10] = change.delta();
        row[11] = change.image();
        return row;
    }

    /** A commit's header is in the row of its first change, so that most commits are one row on one page. */
    private static void addHeader(@Nullable Object[] row, LoggedCommit commit) {
        LoggedHeader header = commit.header();
        row[6] = header.timeMicros();
        row[7] = header.author().name();
        row[8] = Codes.of(header.author().origin());
        row[9] = commit.hash();
        row[12] = header.reason();
        row[13] = header.correlationId();
    }
}
