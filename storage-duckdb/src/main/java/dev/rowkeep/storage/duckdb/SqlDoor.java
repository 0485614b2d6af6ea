package dev.rowkeep.storage.duckdb;

import dev.rowkeep.query.SqlLimitException;
import dev.rowkeep.query.SqlLimitException.Limit;
import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.spi.ExportFormat;
import dev.rowkeep.spi.SqlQuery;
import dev.rowkeep.spi.SqlSource;
import dev.rowkeep.storage.jdbc.SelectRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL of applications, in transactions that only read, with everything brought into the database before. */
final class SqlDoor implements SqlSource {
    private static final String ACTION = "read with SQL";

    /** What goes wrong with the database, not with the statement. */
    private static final Pattern FAULT = Pattern.compile("^(IO|FATAL|INTERNAL|Connection|Serialization) Error");

    /** What the driver makes of whatever fails before a streamed result has its first row. */
    private static final String NO_ROWS = "Invalid result set";

    private static final String NO_MEMORY = "Out of Memory Error";

    private final Projector projector;
    private final Sessions sessions;
    private final SelectCheck check = new SelectCheck();

    /** What is done with a result. */
    private interface Reading<R> {
        R of(ResultSet result, Deadline deadline) throws SQLException, IOException;
    }

    SqlDoor(Projector projector, Sessions sessions) {
        this.projector = projector;
        this.sessions = sessions;
    }

    @Override
    public List<SqlRow> select(SqlQuery query) {
        try {
            return run(
                    query,
                    (result, deadline) -> SelectRun.rows(result, query, (row, index) -> {
                        deadline.requireTime();
                        return SqlValues.read(row, index);
                    }));
        } catch (IOException e) {
            throw new IllegalStateException("Rows in memory write no file", e);
        }
    }

    @Override
    public Set<ExportFormat> exportFormats() {
        return Set.of(ExportFormat.values());
    }

    @Override
    public long export(SqlQuery query, ExportFormat format, Path file) throws IOException {
        return run(query, (result, deadline) -> ExportInstance.write(result, format, file, deadline));
    }

    private <R> R run(SqlQuery query, Reading<R> reading) throws IOException {
        projector.project();
        DuckdbSession session = sessions.lease(ACTION);
        boolean isSound = false;
        try {
            check.require(session, query.text());
            session.execute("BEGIN TRANSACTION READ ONLY");
            R read = read(session, query, reading);
            session.execute("ROLLBACK");
            isSound = true;
            return read;
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            if (isSound) {
                sessions.release(session);
            } else {
                sessions.discard(session);
            }
        }
    }

    private static <R> R read(DuckdbSession session, SqlQuery query, Reading<R> reading)
            throws SQLException, IOException {
        PreparedStatement statement = session.ofApplication(query.text());
        SelectRun.bind(statement, query.parameters(), SqlValues::bound);
        try (Deadline deadline = Deadline.of(statement, query.timeout())) {
            return read(statement, query, reading, deadline);
        }
    }

    private static <R> R read(PreparedStatement statement, SqlQuery query, Reading<R> reading, Deadline deadline)
            throws SQLException, IOException {
        @Nullable R read = null;
        SQLException failure = null;
        try (ResultSet result = statement.executeQuery()) {
            read = reading.of(result, deadline);
        } catch (SQLException e) {
            failure = e;
        }
        if (deadline.isOver()) {
            throw new SqlLimitException(Limit.TIME, query.timeout().toMillis() + " ms", failure);
        }
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(read);
    }

    private RuntimeException failure(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith(NO_MEMORY)) {
            return new SqlLimitException(Limit.BYTES, "the memory that the database may use", e);
        }
        if (FAULT.matcher(message).find()) {
            return sessions.failures().of(ACTION, e);
        }
        if (message.contains(NO_ROWS)) {
            return new SqlRefusedException(
                    "it failed on its first rows, and DuckDB's driver does not say why. A store as of a commit is held from that of"
                            + " rowkeep_start on; for other causes, look at what it computes.",
                    e);
        }
        return new SqlRefusedException("DuckDB says: " + message.strip() + " Correct the statement.", e);
    }
}
