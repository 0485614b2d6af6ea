package dev.rowkeep.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The prepared statements of one connection, the least recently used closed when there are too many. Owned, like its connection, by
 * one thread at a time; a statement is given again by the next call with the same text, so its results must be closed by then.
 */
public final class StatementCache implements AutoCloseable {
    private final Connection connection;
    private final int most;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    /** Creates a cache of at most {@code most} statements. */
    public StatementCache(Connection connection, int most) {
        this.connection = connection;
        this.most = most;
    }

    /** The statement for {@code sql}. */
    public PreparedStatement get(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() >= most) {
            closeEldest();
        }
        PreparedStatement prepared = connection.prepareStatement(sql);
        statements.put(sql, prepared);
        return prepared;
    }

    private void closeEldest() throws SQLException {
        var eldest = statements.entrySet().iterator();
        PreparedStatement statement = eldest.next().getValue();
        eldest.remove();
        statement.close();
    }

    /** Closes all statements; after a failure, when the driver may have closed some of them itself. */
    @Override
    public void close() throws SQLException {
        SQLException failure = null;
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                failure = e;
            }
        }
        statements.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
