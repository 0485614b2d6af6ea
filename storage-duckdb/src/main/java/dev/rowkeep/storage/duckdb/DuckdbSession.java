package dev.rowkeep.storage.duckdb;

import dev.rowkeep.storage.jdbc.SqlText;
import dev.rowkeep.storage.jdbc.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One connection and its prepared statements. Used by one thread at a time. Its transactions begin by an explicit BEGIN: rows of an
 * appender would escape one that the driver begins by itself.
 */
final class DuckdbSession implements AutoCloseable {
    private static final int MOST_STATEMENTS = 100;
    private static final int MOST_OF_APPLICATIONS = 20;

    private final DuckDBConnection connection;
    private final StatementCache statements;

    /** Those of applications, however many, do not drive the others out. */
    private final StatementCache ofApplications;

    DuckdbSession(DuckDBConnection connection) {
        this.connection = connection;
        this.statements = new StatementCache(connection, MOST_STATEMENTS);
        this.ofApplications = new StatementCache(connection, MOST_OF_APPLICATIONS);
    }

    /** Another connection to the same database. */
    DuckdbSession another() throws SQLException {
        return new DuckdbSession(connection.duplicate().unwrap(DuckDBConnection.class));
    }

    PreparedStatement prepared(String sql) throws SQLException {
        return statements.get(sql);
    }

    /** The statement for {@code sql}, with its parameters set. */
    PreparedStatement prepared(SqlText sql) throws SQLException {
        PreparedStatement statement = statements.get(sql.text());
        sql.bind(statement);
        return statement;
    }

    /** An application's statement. DuckDB binds it anew where tables have changed since. */
    PreparedStatement ofApplication(String sql) throws SQLException {
        return ofApplications.get(sql);
    }

    /** Runs a statement that has no parameters and no results. */
    void execute(String sql) throws SQLException {
        prepared(sql).execute();
    }

    /** Appends rows to a table, within the transaction that is open. */
    DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender("main", table);
    }

    /** The names of a table's columns in their order. */
    List<String> columns(String quotedTable) throws SQLException {
        List<String> names = new ArrayList<>();
        // Its columns change when the table gains some.
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + quotedTable + " LIMIT 0");
                ResultSet none = statement.executeQuery()) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                names.add(none.getMetaData().getColumnName(i));
            }
        }
        return names;
    }

    /** The one number that a query gives. */
    long number(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("A query for a number gave no row");
            }
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
