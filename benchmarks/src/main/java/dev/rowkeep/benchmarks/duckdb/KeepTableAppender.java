package dev.rowkeep.benchmarks.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Appends inserted products to one of RowKeep's tables, column by column as the table has them. */
final class KeepTableAppender implements AutoCloseable {
    private static final byte[] HASH = new byte[32];

    private final DuckDBAppender appender;
    private final List<Cell> cells;

    /** Appends what one column holds of a product. */
    private interface Cell {
        void append(DuckDBAppender to, LoggedProduct logged) throws SQLException;
    }

    private KeepTableAppender(DuckDBAppender appender, List<Cell> cells) {
        this.appender = appender;
        this.cells = cells;
    }

    static KeepTableAppender to(DuckdbFile file, String table) throws SQLException {
        List<Cell> cells = new ArrayList<>();
        try (Statement statement = file.connection().createStatement();
                ResultSet column =
                        statement.executeQuery("SELECT column_name FROM duckdb_columns() WHERE table_name = '" + table
                                + "' ORDER BY column_index")) {
            while (column.next()) {
                cells.add(cell(column.getString(1)));
            }
        }
        return new KeepTableAppender(file.appender(table), cells);
    }

    void append(LoggedProduct logged) throws SQLException {
        appender.beginRow();
        for (Cell cell : cells) {
            cell.append(appender, logged);
        }
        appender.endRow();
    }

    private static Cell cell(String column) {
        return switch (column) {
            case "sku", "key" -> (to, logged) -> to.append(logged.product().sku());
            case "name" -> (to, logged) -> to.append(logged.product().name());
            case "category" -> (to, logged) -> to.append(logged.product().category());
            case "price" -> (to, logged) -> to.append(logged.product().price());
            case "quantity" -> (to, logged) -> to.append(logged.product().quantity());
            case "active" -> (to, logged) -> to.append(logged.product().active());
            case "introduced" -> (to, logged) -> to.append(logged.product().introduced());
            case "counted" ->
                (to, logged) -> to.appendEpochMicros(
                        ProductColumns.micros(logged.product().counted()));
            case "weight" -> (to, logged) -> to.append(logged.product().weight());
            default -> bookkeeping(column);
        };
    }

    private static Cell bookkeeping(String column) {
        return switch (column) {
            case "_version", "version" -> (to, logged) -> to.append(1L);
            case "_kind", "kind" -> (to, logged) -> to.append("INSERT");
            case "_change", "id" -> (to, logged) -> to.append(logged.change());
            case "_previous", "previous" -> (to, logged) -> to.append(0L);
            case "_sequence", "sequence" -> (to, logged) -> to.append(logged.sequence());
            case "_by", "author" -> (to, logged) -> to.append("import");
            case "_origin", "origin" -> (to, logged) -> to.append("JOB");
            case "_at", "time" -> (to, logged) -> to.appendEpochMicros(logged.micros());
            case "_user_by", "_user_at", "reason", "correlation", "image" -> (to, logged) -> to.appendNull();
            case "dropped" -> (to, logged) -> to.append(false);
            case "store" -> (to, logged) -> to.append(1);
            case "delta" -> (to, logged) -> to.append(logged.delta());
            case "hash" -> (to, logged) -> to.append(HASH);
            default -> throw new IllegalStateException("It is not known what belongs into the column " + column);
        };
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
