package dev.rowkeep.storage.jdbc;

import dev.rowkeep.query.SqlLimitException;
import dev.rowkeep.query.SqlLimitException.Limit;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.spi.SqlQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs an application's SELECT: sets its parameters and reads its result within the query's bounds. */
public final class SelectRun {
    private SelectRun() {}

    /** How a storage holds a value that an application gives. */
    @FunctionalInterface
    public interface Form {
        /**
         * The form of the parameter {@code place}, from 1.
         *
         * @throws SqlRefusedException if no column holds such values
         */
        @Nullable
        Object bound(int place, @Nullable Object value);
    }

    /** How a value of a result is given to an application. */
    @FunctionalInterface
    public interface Cell {
        /** The value in the column {@code index}, from 1. */
        @Nullable
        Object read(ResultSet row, int index) throws SQLException;
    }

    /**
     * Sets the parameters of {@code statement}.
     *
     * @throws SqlRefusedException if there is not one value for each
     */
    public static void bind(PreparedStatement statement, List<@Nullable Object> parameters, Form form)
            throws SQLException {
        int wanted = statement.getParameterMetaData().getParameterCount();
        if (wanted != parameters.size()) {
            throw new SqlRefusedException(
                    "it has " + wanted + " parameters, and " + parameters.size()
                            + " values were given. Give one for each.",
                    null);
        }
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, form.bound(i + 1, parameters.get(i)));
        }
    }

    /** The refusal of the parameter {@code place}, from 1, whose kind no column holds. */
    public static SqlRefusedException unfit(int place, Object value) {
        return new SqlRefusedException(
                "parameter " + place + " is a " + value.getClass().getSimpleName()
                        + ", which no column holds. Give text, a number, a truth value, bytes, a moment, a day, a UUID or null.",
                null);
    }

    /**
     * All rows of {@code result}.
     *
     * @throws SqlLimitException if there are more than the query allows, or too large ones
     */
    public static List<SqlRow> rows(ResultSet result, SqlQuery query, Cell cell) throws SQLException {
        List<String> columns = columns(result.getMetaData());
        List<SqlRow> rows = new ArrayList<>();
        long bytes = 0;
        while (result.next()) {
            if (rows.size() == query.maxRows()) {
                throw new SqlLimitException(Limit.ROWS, query.maxRows() + " rows", null);
            }
            List<@Nullable Object> values = new ArrayList<>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                Object value = cell.read(result, i);
                values.add(value);
                bytes += size(value);
                if (bytes > SqlReader.MOST_BYTES) {
                    throw new SqlLimitException(Limit.BYTES, SqlReader.MOST_BYTES + " bytes", null);
                }
            }
            rows.add(SqlRow.of(columns, values));
        }
        return rows;
    }

    private static List<String> columns(ResultSetMetaData meta) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(meta.getColumnLabel(i));
        }
        return columns;
    }

    private static long size(@Nullable Object value) {
        if (value instanceof String text) {
            return 2L * text.length();
        }
        if (value instanceof Collection<?> values) {
            return values.stream().mapToLong(SelectRun::size).sum();
        }
        return value instanceof Bytes bytes ? bytes.length() : Long.BYTES;
    }
}
