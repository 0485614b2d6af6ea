package dev.rowkeep.storage.sqlite;

import dev.rowkeep.query.SqlLimitException;
import dev.rowkeep.query.SqlLimitException.Limit;
import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.spi.SqlQuery;
import dev.rowkeep.spi.SqlSource;
import dev.rowkeep.storage.jdbc.SelectRun;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL of applications, on connections that are kept for it: opened for reading only, with nothing to attach or load, a deadline while a
 * statement runs, and bounds on what it gives.
 */
final class SqlDoor implements SqlSource {
    private static final String ACTION = "read with SQL";

    private final Readers companions;
    private final Readers connections;
    private final Failures failures;

    /**
     * Creates the door.
     *
     * @param companions ordinary readers: one of them is kept open meanwhile, because a connection for reading only cannot make the
     *     files that a write-ahead log needs
     * @param connections those that applications' SQL runs on
     */
    SqlDoor(Readers companions, Readers connections, Failures failures) {
        this.companions = companions;
        this.connections = connections;
        this.failures = failures;
    }

    @Override
    public List<SqlRow> select(SqlQuery query) {
        SelectText.require(query.text());
        return companions.read(ACTION, companion -> {
            companion.number(companion.prepared("SELECT count(*) FROM sqlite_schema"), 0);
            return run(query);
        });
    }

    private List<SqlRow> run(SqlQuery query) {
        Session session = connections.lease(ACTION);
        boolean isSound = false;
        try (Deadline deadline = Deadline.in(session.connection(), query.timeout())) {
            List<SqlRow> rows = rows(session, query);
            deadline.require();
            isSound = true;
            return rows;
        } catch (SQLException e) {
            throw failure(query, e);
        } finally {
            if (isSound) {
                connections.release(session);
            } else {
                connections.discard(session);
            }
        }
    }

    private static List<SqlRow> rows(Session session, SqlQuery query) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(query.text())) {
            SelectRun.bind(statement, query.parameters(), SqlParameters::bound);
            try (ResultSet result = statement.executeQuery()) {
                return SelectRun.rows(result, query, (row, index) -> value(row.getObject(index)));
            }
        }
    }

    private static @Nullable Object value(@Nullable Object given) {
        if (given instanceof Integer number) {
            return number.longValue();
        }
        return given instanceof byte[] bytes ? Bytes.of(bytes) : given;
    }

    private RuntimeException failure(SqlQuery query, SQLException e) {
        return switch (Failures.primary(e)) {
            case Failures.INTERRUPTED ->
                new SqlLimitException(Limit.TIME, query.timeout().toMillis() + " ms", e);
            case 1, 8, 18, 20, 21, 23, 25 ->
                new SqlRefusedException("SQLite says: " + e.getMessage() + ". Correct the statement.", e);
            default -> failures.of(ACTION, e);
        };
    }
}
