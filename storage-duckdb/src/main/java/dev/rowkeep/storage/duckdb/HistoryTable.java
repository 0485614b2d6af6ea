package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.storage.jdbc.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * The SQL texts of the table of all versions of one store's records, each with its cells, and of the macro that makes the store as of a
 * commit of it. Immutable.
 *
 * <p>The version that was in force at a commit is the one whose successor is younger: a row that was made after the commit and whose
 * predecessor was not names it. Records that have not changed since the commit are as they are now. So what is read grows with what has
 * changed since, and nothing is sorted or grouped. Of a log whose oldest commits were dropped, the versions that were in force at the last of
 * them are kept, of live records, whether they are still or not. Where the contents of changes were dropped, the versions before theirs are gone.
 */
final class HistoryTable {
    private static final String NAME = "rowkeep_history_";
    private static final String AS_OF = "rowkeep_as_of_";

    private static final String DECLARED_BOOKKEEPING =
            "_version BIGINT NOT NULL, _kind VARCHAR NOT NULL, _change BIGINT NOT NULL,"
                    + " _previous BIGINT NOT NULL, _sequence BIGINT NOT NULL, _by VARCHAR NOT NULL, _origin VARCHAR NOT NULL,"
                    + " _at TIMESTAMP NOT NULL";

    private static final String PAST_BOOKKEEPING = "_version, _change, _by, _origin, _at";

    private final StoreLayout layout;

    HistoryTable(StoreLayout layout) {
        this.layout = layout;
    }

    /** The unquoted name. */
    String plainName() {
        return NAME + layout.name();
    }

    /** The quoted name. */
    String name() {
        return Identifiers.quoted(plainName());
    }

    String create() {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name() + " (");
        columns().forEach(column -> sql.append(StoreTable.declaration(column)).append(", "));
        return sql.append(DECLARED_BOOKKEEPING).append(")").toString();
    }

    String addColumn(LayoutColumn column) {
        return "ALTER TABLE " + name() + " ADD COLUMN " + StoreTable.declaration(column);
    }

    /** Takes away the versions that were in force no more at {@code sequence}, and those of records that were deleted then. */
    String deleteThrough(long sequence) {
        return "DELETE FROM " + name() + " WHERE _sequence <= " + sequence
                + " AND (_kind = 'DELETE' OR _change IN (SELECT _previous FROM " + name() + " WHERE _sequence <= "
                + sequence + "))";
    }

    /** Takes away the versions before those that some of the changes of an array have made. */
    String deleteBefore() {
        return "DELETE FROM " + name() + " WHERE _change IN (SELECT previous FROM rowkeep_changes WHERE store = "
                + layout.id() + " AND id IN (SELECT unnest(?)))";
    }

    /**
     * Makes the macro, or makes it anew for a form with more columns. It fails for a commit before {@code start}, or before the newest whose
     * contents were dropped: as the argument of a function that gives one row, so that no condition of a query is evaluated first and none
     * goes without it.
     */
    String createAsOf(long start, long contentsDropped) {
        String firstAfter = "(_commit + 1) * " + ChangeId.of(1, 0);
        long oldest = Math.max(start, contentsDropped);
        String why = start >= contentsDropped
                ? "the log begins behind commit " + start + ", earlier ones were dropped"
                : "contents of its changes up to commit " + contentsDropped + " were dropped";
        String known = oldest == 0
                ? ""
                : ", range(CASE WHEN _commit < " + oldest + " THEN error('Store " + layout.name()
                        + " is not known as of commit ' || _commit || ': " + why + ". Ask for " + oldest
                        + " or a later one.')::BIGINT ELSE 1 END)";
        StringBuilder cells = new StringBuilder();
        columns()
                .forEach(column ->
                        cells.append(DuckdbDialect.INSTANCE.column(column)).append(", "));
        String selected = "SELECT " + cells + PAST_BOOKKEEPING + " FROM ";
        return "CREATE OR REPLACE MACRO " + Identifiers.quoted(AS_OF + layout.name()) + "(_commit) AS TABLE " + selected
                + Identifiers.quoted(layout.name()) + known + " WHERE _change < " + firstAfter + " UNION ALL "
                + selected
                + name()
                + " WHERE _kind <> 'DELETE' AND _change IN (SELECT _previous FROM " + name() + " WHERE _change >= "
                + firstAfter + " AND _previous < " + firstAfter + ")";
    }

    /** Counts the rows, of all that they hold. */
    String readWhole() {
        return "SELECT count(hash(whole)) FROM " + name() + " AS whole";
    }

    /** The changes of this store whose contents were dropped. */
    private String droppedChanges() {
        return "rowkeep_changes WHERE store = " + layout.id() + " AND dropped";
    }

    /** Counts the changes of the log whose version is told and without their row, rows after {@code start} without their change, and rows that are there more than once. */
    String countApartFromLog(long start) {
        return "SELECT count(*) + (SELECT count(*) - count(DISTINCT _change) FROM " + name()
                + ") FROM (SELECT id, key, version, previous, kind, author, origin, time FROM rowkeep_changes WHERE store = "
                + layout.id() + " AND id NOT IN (SELECT previous FROM " + droppedChanges() + ")) AS c FULL JOIN (FROM "
                + name() + " WHERE _sequence > " + start
                + ") AS h ON h._change = c.id AND h."
                + DuckdbDialect.INSTANCE.column(layout.key()) + "::VARCHAR = c.key AND h._version = c.version"
                + " AND h._previous = c.previous AND h._kind = c.kind AND h._by = c.author AND h._origin = c.origin"
                + " AND h._at = c.time WHERE c.id IS NULL OR h._change IS NULL";
    }

    /** Counts the rows up to {@code start} whose versions were not in force there, and such versions without their row. */
    String countApartFromStart(long start) {
        String first = String.valueOf(ChangeId.of(start + 1, 0));
        return "SELECT count(*) FROM (SELECT _change FROM " + name() + " WHERE _sequence <= " + start
                + ") AS h FULL JOIN (SELECT _previous AS needed FROM " + name() + " WHERE _sequence > " + start
                + " AND _kind <> 'INSERT' AND _previous BETWEEN 1 AND " + first
                + " - 1 AND _change NOT IN (SELECT id FROM "
                + droppedChanges() + ") UNION ALL SELECT _change FROM "
                + Identifiers.quoted(layout.name()) + " WHERE _change < " + first
                + ") AS n ON h._change = n.needed WHERE h._change IS NULL OR n.needed IS NULL";
    }

    /** Counts the records that are not as their newest row says. */
    String countApartFromRecords() {
        StringBuilder sql = new StringBuilder("SELECT count(*) FROM " + Identifiers.quoted(layout.name())
                + " AS r WHERE NOT EXISTS (SELECT 1 FROM " + name() + " AS h WHERE h._change = r._change");
        for (LayoutColumn column : columns()) {
            String quoted = DuckdbDialect.INSTANCE.column(column);
            sql.append(" AND h.")
                    .append(quoted)
                    .append(" IS NOT DISTINCT FROM r.")
                    .append(quoted);
        }
        return sql.append(")").toString();
    }

    String storeName() {
        return layout.name();
    }

    private List<LayoutColumn> columns() {
        List<LayoutColumn> columns = new ArrayList<>();
        columns.add(layout.key());
        columns.addAll(layout.columns());
        return columns;
    }

    /** Appends the versions that a step made, with the columns in the order {@code places}. */
    void append(DuckDBAppender to, List<String> places, Entry.Step step) throws SQLException {
        boolean wasLive = step.before() == Entry.Before.ROW;
        long previous = step.previousChange();
        for (Image version : step.versions()) {
            to.beginRow();
            for (String place : places) {
                switch (place) {
                    case "_kind" -> to.append(kind(wasLive, version.isLive()));
                    case "_previous" -> to.append(previous);
                    case "_sequence" -> to.append(ChangeId.sequence(version.changeId()));
                    default -> ImageAppender.append(to, place, layout, version);
                }
            }
            to.endRow();
            wasLive = version.isLive();
            previous = version.changeId();
        }
    }

    private static String kind(boolean wasLive, boolean isLive) {
        if (!isLive) {
            return "DELETE";
        }
        return wasLive ? "UPDATE" : "INSERT";
    }
}
