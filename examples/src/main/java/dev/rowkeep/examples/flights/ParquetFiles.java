package dev.rowkeep.examples.flights;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.ExportedFile;
import dev.rowkeep.query.SqlExport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The delays by hour and the whole store as Parquet files, for any program that reads those.
 *
 * @param hours one row an hour
 * @param flights one row a flight, with who changed it last
 */
record ParquetFiles(ExportedFile hours, ExportedFile flights) {
    /** Writes both into {@code folder}. */
    static ParquetFiles write(RowKeep keep, Path folder) {
        SqlExport export = keep.sql().exportTo(folder);
        return new ParquetFiles(
                export.write("delays-by-hour.parquet", DelaysByHour.NOW + " ORDER BY hour"),
                export.write("flights.parquet", "SELECT * FROM flights ORDER BY id"));
    }

    /**
     * The minutes of delay that a DuckDB which knows nothing of the store finds in the files.
     *
     * @param byHour in the one of the hours
     * @param byFlight in the one of the flights
     */
    record Sums(long byHour, long byFlight) {}

    /** Reads both files back. */
    Sums readBack() throws SQLException {
        try (Connection plain = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = plain.createStatement()) {
            return new Sums(sum(statement, "minutes", hours), sum(statement, "delay", flights));
        }
    }

    private static long sum(Statement statement, String column, ExportedFile file) throws SQLException {
        String quoted = "'" + file.path().toString().replace("'", "''") + "'";
        try (ResultSet row = statement.executeQuery("SELECT sum(" + column + ") FROM " + quoted)) {
            row.next();
            return row.getLong(1);
        }
    }

    void print(PrintStream out) {
        print(hours, out);
        print(flights, out);
    }

    private static void print(ExportedFile file, PrintStream out) {
        out.printf("   %-24s %,9d rows, %,9d bytes%n", file.path().getFileName(), file.rows(), file.bytes());
    }
}
