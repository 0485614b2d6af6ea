package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements that each change one record, those with one text run as one batch. The first that does not find its record in the version
 * it expects ends the whole.
 */
final class RowBatches {
    /** The driver keeps the array of a batch's parameters as long as it got, so batches are kept short. */
    private static final int MOST_PARAMETERS = 4096;

    private final Map<String, List<Step>> steps = new LinkedHashMap<>();

    private record Step(RowWrite write, @Nullable Object[] parameters) {}

    void add(RowWrite write, String sql, @Nullable Object... parameters) {
        steps.computeIfAbsent(sql, text -> new ArrayList<>()).add(new Step(write, parameters));
    }

    /** Runs them, statement text by statement text in the order in which the texts came. */
    void run(Session session) throws SQLException {
        for (Map.Entry<String, List<Step>> group : steps.entrySet()) {
            run(session.prepared(group.getKey()), group.getValue());
        }
    }

    private static void run(PreparedStatement statement, List<Step> steps) throws SQLException {
        if (steps.size() == 1) {
            Step step = steps.get(0);
            bind(statement, 1, step.parameters(), step.parameters().length);
            if (statement.executeUpdate() != 1) {
                throw stale(step.write());
            }
            return;
        }
        int most = Math.max(1, MOST_PARAMETERS / steps.get(0).parameters().length);
        for (int from = 0; from < steps.size(); from += most) {
            List<Step> some = steps.subList(from, Math.min(steps.size(), from + most));
            for (Step step : some) {
                bind(statement, 1, step.parameters(), step.parameters().length);
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 1) {
                    throw stale(some.get(i).write());
                }
            }
        }
    }

    /** Inserts rows, several with one statement if there are many; what a row has beyond the statement's columns is left out. */
    static void insert(Session session, InsertSql sql, List<@Nullable Object[]> rows) throws SQLException {
        int from = 0;
        int rowsAtOnce = Math.max(1, MOST_PARAMETERS / (sql.columns() * InsertSql.MANY)) * InsertSql.MANY;
        while (rows.size() - from >= InsertSql.MANY) {
            int count = Math.min(rowsAtOnce, (rows.size() - from) / InsertSql.MANY * InsertSql.MANY);
            insert(session.prepared(sql.many()), rows.subList(from, from + count), InsertSql.MANY, sql.columns());
            from += count;
        }
        if (from < rows.size()) {
            insert(session.prepared(sql.one()), rows.subList(from, rows.size()), 1, sql.columns());
        }
    }

    private static void insert(PreparedStatement statement, List<@Nullable Object[]> rows, int rowsEach, int columns)
            throws SQLException {
        if (rows.size() == rowsEach) {
            for (int j = 0; j < rowsEach; j++) {
                bind(statement, 1 + j * columns, rows.get(j), columns);
            }
            statement.executeUpdate();
            return;
        }
        for (int i = 0; i < rows.size(); i += rowsEach) {
            for (int j = 0; j < rowsEach; j++) {
                bind(statement, 1 + j * columns, rows.get(i + j), columns);
            }
            statement.addBatch();
        }
        statement.executeBatch();
    }

    private static void bind(PreparedStatement statement, int from, @Nullable Object[] parameters, int count)
            throws SQLException {
        for (int i = 0; i < count; i++) {
            statement.setObject(from + i, parameters[i]);
        }
    }

    static StorageException stale(RowWrite write) {
        String expected = write.before() == null
                ? "that the key was never used"
                : "on version " + write.before().version();
        return new StorageException(
                Kind.STALE,
                "Cannot write " + write.layout().name() + "/" + write.after().key() + ": the plan stands " + expected
                        + ", which is not what the storage holds. Nothing was written; decide again on what is there.",
                null);
    }
}
