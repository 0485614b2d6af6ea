package dev.rowkeep.storage.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Puts rows of the log that have become shorter together again, so that pages become free.
 *
 * <p>SQLite leaves a page as it is when a row in it becomes shorter, and joins pages only when most of one is free. So the rows of a
 * stretch are all moved to behind the end of the log and then back, in order, as if they were written one after the other; within one
 * transaction, so that nobody ever sees them there.
 *
 * <p>Where the shorter rows lie close, the stretch is all that is between them, and else a window that begins at one of them. So the work
 * is in proportion to their number, and where a few are added to a place each time, it comes round to that too.
 */
final class LogPacking {
    /** How many rows that have become shorter have one stretch: a dozen pages. */
    private static final int ROWS_TOGETHER = 250;

    /** How many rows are moved at most for each that has become shorter. */
    private static final int MOVED_EACH = 3;

    /** Rows that are longer, without their header, have pages for themselves that become free at once, and take time to move. */
    private static final int LONGEST_MOVED = 1_000;

    /** Added to ids while they are away. No id is as large: it would be that of commit 4,398,046,511,104. */
    private static final long AWAY = 1L << 62;

    private static final String ROW_BEHIND = "SELECT id FROM rowkeep_log WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?";

    private static final String MOVE_AWAY = """
            UPDATE rowkeep_log SET id = id + %1$d WHERE id IN (
              SELECT id FROM (
                SELECT id, length(delta) + coalesce(length(image), 0) AS bytes FROM rowkeep_log
                WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?)
              WHERE bytes <= %2$d)""".formatted(AWAY, LONGEST_MOVED);

    private static final String MOVE_BACK = "UPDATE rowkeep_log SET id = id - %1$d WHERE id >= %1$d".formatted(AWAY);

    private LogPacking() {}

    /** Packs what lies about these rows, in the transaction that is open. */
    static void about(Session session, Collection<Long> rows) throws SQLException {
        List<Long> ids = rows.stream().sorted().toList();
        for (int from = 0; from < ids.size(); from += ROWS_TOGETHER) {
            moveAway(session, ids.subList(from, Math.min(ids.size(), from + ROWS_TOGETHER)));
        }
        session.execute(MOVE_BACK);
    }

    private static void moveAway(Session session, List<Long> ids) throws SQLException {
        long first = ids.get(0);
        long last = ids.get(ids.size() - 1);
        int most = MOVED_EACH * ids.size();
        PreparedStatement behind = session.prepared(ROW_BEHIND);
        behind.setLong(1, first);
        behind.setInt(2, most);
        if (session.number(behind, Long.MAX_VALUE) <= last) {
            first = anyOf(ids);
            last = AWAY - 1;
        }
        PreparedStatement move = session.prepared(MOVE_AWAY);
        move.setLong(1, first);
        move.setLong(2, last);
        move.setInt(3, most);
        move.executeUpdate();
    }

    /** One of them, and not always the one at the same place. */
    private static long anyOf(List<Long> ids) {
        long mixed = ids.get(0) * 0x9E3779B97F4A7C15L; // The golden ratio, as in java.util.SplittableRandom.
        return ids.get((int) Math.floorMod(mixed >>> 32, (long) ids.size()));
    }
}
