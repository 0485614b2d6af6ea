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
 * changed since, and nothing is sorted or grouped.
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

    /** Makes the macro, or makes it anew for a form with more columns. */
    String createAsOf() {
        String firstAfter = "(_commit + 1) * " + ChangeId.of(1, 0);
        String isHeld = "CASE WHEN _commit < (SELECT coalesce(max(sequence), 0) FROM rowkeep_start)"
                + " THEN error('The log does not hold that commit any more: ask for that of rowkeep_start or a later one')"
                + " ELSE true END";
        StringBuilder cells = new StringBuilder();
        columns()
                .forEach(column ->
                        cells.append(DuckdbDialect.INSTANCE.column(column)).append(", "));
        String selected = "SELECT " + cells + PAST_BOOKKEEPING + " FROM ";
        return "CREATE OR REPLACE MACRO " + Identifiers.quoted(AS_OF + layout.name()) + "(_commit) AS TABLE " + selected
                + Identifiers.quoted(layout.name()) + " WHERE _change < " + firstAfter + " AND " + isHeld + " UNION ALL " + selected
                + name()
                + " WHERE _kind <> 'DELETE' AND _change IN (SELECT _previous FROM " + name() + " WHERE _change >= "
                + firstAfter + " AND _previous < " + firstAfter + ") AND " + isHeld;
    }

    /** Deletes the versions that were replaced by a commit up to a given one. */
    String deleteReplaced() {
        return "DELETE FROM " + name() + " WHERE _change IN (SELECT _previous FROM " + name() + " WHERE _sequence <= ?)";
    }

    /** Counts the rows, of all that they hold. */
    String readWhole() {
        return "SELECT count(hash(whole)) FROM " + name() + " AS whole";
    }

    /**
     * Counts the changes of the log without their row, rows without their change, and rows that are there more than once. Those from before the
     * log's start have no change.
     */
    String countApartFromLog() {
        return "SELECT count(*) + (SELECT count(*) - count(DISTINCT _change) FROM " + name()
                + ") FROM (SELECT id, key, version, previous, kind, author, origin, time FROM rowkeep_changes WHERE store = "
                + layout.id() + ") AS c FULL JOIN (SELECT * FROM " + name()
                + " WHERE _sequence > (SELECT coalesce(max(sequence), 0) FROM rowkeep_start)) AS h ON h._change = c.id AND h."
                + DuckdbDialect.INSTANCE.column(layout.key()) + "::VARCHAR = c.key AND h._version = c.version"
                + " AND h._previous = c.previous AND h._kind = c.kind AND h._by = c.author AND h._origin = c.origin"
                + " AND h._at = c.time WHERE c.id IS NULL OR h._change IS NULL";
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
