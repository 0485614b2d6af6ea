package dev.rowkeep.storage.sqlite;

import dev.rowkeep.commit.Author;
import dev.rowkeep.storage.jdbc.SqlText;
import dev.rowkeep.storage.jdbc.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * One connection and what is kept with it. Used by one thread at a time.
 *
 * <p>Every result must be closed before the next statement: a load on a connection with an open result reads that result's old
 * snapshot, and a commit fails.
 */
final class Session implements AutoCloseable {
    private static final int MOST_STATEMENTS = 200;

    private final SQLiteConnection connection;
    private final StatementCache statements;
    private Author lastAuthor = Author.system("rowkeep");

    Session(SQLiteConnection connection) {
        this.connection = connection;
        this.statements = new StatementCache(connection, MOST_STATEMENTS);
    }

    /** The connection, for statements that are not kept. */
    SQLiteConnection connection() {
        return connection;
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

    /** Runs a statement that has no parameters and no results. */
    void execute(String sql) throws SQLException {
        prepared(sql).execute();
    }

    /** For how long a statement waits by itself where another connection holds the database. */
    void busyTimeout(int millis) throws SQLException {
        connection.setBusyTimeout(millis);
    }

    /** The one number that a query gives; {@code otherwise} if it gives no row. */
    long number(PreparedStatement query, long otherwise) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : otherwise;
        }
    }

    /** The author of this name; the same object as the last time if it is the same, which it often is. */
    Author author(@Nullable String name, int originCode) throws SQLException {
        if (name == null) {
            throw new SQLDataException("An author has no name");
        }
        Author last = lastAuthor;
        if (Codes.of(last.origin()) == originCode && last.name().equals(name)) {
            return last;
        }
        try {
            lastAuthor = new Author(name, Codes.origin(originCode));
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("An author has a name that cannot be", e);
        }
        return lastAuthor;
    }

    /** Forgets the statements: the driver closes some of them on failures. */
    void forgetStatements() {
        try {
            statements.close();
        } catch (SQLException e) {
            // They are gone one way or the other.
        }
    }

    /** Closes the connection, whatever other thread may be using it: that thread gets an exception. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
