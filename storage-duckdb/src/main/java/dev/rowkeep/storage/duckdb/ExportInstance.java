package dev.rowkeep.storage.duckdb;

import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.spi.ExportFormat;
import dev.rowkeep.storage.jdbc.Identifiers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB of its own, in memory, that writes one file: the one that holds the records may write none. It gets the rows one by one, so that
 * it sees nothing of the database, and may reach that file only.
 */
final class ExportInstance implements AutoCloseable {
    private static final String TABLE = "exported";
    private static final String MEMORY = "256MB";

    private final DuckDBConnection connection;

    private ExportInstance(DuckDBConnection connection) {
        this.connection = connection;
    }

    /**
     * Writes all rows of {@code result} into {@code file}.
     *
     * @return how many there are
     * @throws SqlRefusedException if a file cannot hold them as they are
     * @throws IOException if the file cannot be written
     * @throws SQLException if the result cannot be read, or the time for that is over
     */
    static long write(ResultSet result, ExportFormat format, Path file, Deadline deadline)
            throws SQLException, IOException {
        List<String> types = types(result.getMetaData());
        try (ExportInstance instance = open(file)) {
            instance.take(result, types, deadline);
            return instance.copy(format, file);
        }
    }

    private static ExportInstance open(Path file) throws SQLException {
        ExportInstance instance =
                new ExportInstance(DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
        instance.execute("SET memory_limit = '" + MEMORY + "'");
        instance.execute("SET temp_directory = " + quoted(file + ".spill"));
        instance.execute("SET allowed_paths = [" + quoted(file.toString()) + "]");
        instance.execute("SET enable_external_access = false");
        instance.execute("SET lock_configuration = true");
        return instance;
    }

    private void take(ResultSet result, List<String> types, Deadline deadline) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= types.size(); i++) {
            columns.add(Identifiers.quoted(meta.getColumnLabel(i)) + " " + types.get(i - 1));
        }
        execute("CREATE TABLE " + TABLE + " (" + String.join(", ", columns) + ")");
        try (DuckDBAppender rows = connection.createAppender(TABLE)) {
            while (result.next()) {
                deadline.requireTime();
                rows.beginRow();
                for (int i = 1; i <= types.size(); i++) {
                    append(rows, SqlValues.read(result, i), types.get(i - 1));
                }
                rows.endRow();
            }
        }
    }

    private long copy(ExportFormat format, Path file) throws IOException {
        String options = switch (format) {
            case PARQUET -> "(FORMAT parquet)";
            case CSV -> "(FORMAT csv, HEADER true)";
        };
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate("COPY " + TABLE + " TO " + quoted(file.toString()) + " " + options);
        } catch (SQLException e) {
            throw new IOException("DuckDB could not write the file", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The types of the exported columns: those of the result, the whole and binary numbers as the widest of their kind. */
    private static List<String> types(ResultSetMetaData meta) throws SQLException {
        List<String> types = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            String name = meta.getColumnLabel(i);
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new SqlRefusedException(
                        "two columns of the result are called " + name + ". Name them apart with AS.", null);
            }
            types.add(type(name, meta.getColumnTypeName(i)));
        }
        return types;
    }

    private static String type(String name, String type) {
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> "BIGINT";
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> "DECIMAL(38, 0)"; // Parquet has no larger whole numbers.
            case "FLOAT", "DOUBLE" -> "DOUBLE";
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> "TIMESTAMP";
            case "JSON" -> "VARCHAR";
            case "BOOLEAN", "VARCHAR", "BLOB", "DATE", "UUID", "VARCHAR[]", "TIMESTAMP WITH TIME ZONE" -> type;
            default -> {
                if (type.startsWith("DECIMAL(")) {
                    yield type;
                }
                throw new SqlRefusedException(
                        "column " + name + " of the result is a " + type
                                + ", which is not exported. CAST it to a simple type, such as VARCHAR.",
                        null);
            }
        };
    }

    private static void append(DuckDBAppender to, @Nullable Object value, String type) throws SQLException {
        if (value == null) {
            to.appendNull();
        } else if (value instanceof String text) {
            to.append(text);
        } else if (value instanceof BigDecimal || type.startsWith("DECIMAL")) {
            to.append(decimal(value, type));
        } else if (value instanceof Long number) {
            to.append((long) number);
        } else if (value instanceof Double number) {
            to.append((double) number);
        } else if (value instanceof Boolean truth) {
            to.append((boolean) truth);
        } else if (value instanceof LocalDate day) {
            to.append(day);
        } else if (value instanceof Instant moment) {
            if (type.equals("TIMESTAMP")) {
                to.appendEpochMicros(CellCodec.micros(moment));
            } else {
                to.append(moment.atOffset(ZoneOffset.UTC));
            }
        } else if (value instanceof UUID id) {
            to.append(id);
        } else if (value instanceof Bytes bytes) {
            to.append(bytes.toArray());
        } else if (value instanceof Collection<?> values) {
            to.append(values);
        } else {
            throw new IllegalStateException(
                    "No column holds a " + value.getClass().getSimpleName());
        }
    }

    private static BigDecimal decimal(Object value, String type) {
        int scale = Integer.parseInt(
                type.substring(type.indexOf(',') + 1, type.length() - 1).strip());
        return new BigDecimal(value.toString()).setScale(scale);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
