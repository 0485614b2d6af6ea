package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The file into which the records are exported again and again, and what it says of them. */
final class Exports {
    static final String FOLDER = "exports";
    private static final String NAME = "records.parquet";

    private Exports() {}

    /** Exports for ever into a folder in {@code directory}. */
    static void run(RowKeep keep, Path directory) {
        while (true) {
            keep.sql()
                    .exportTo(directory.resolve(FOLDER))
                    .write(NAME, "SELECT id, _version, value FROM " + Load.RECORDS.name());
        }
    }

    /** What is exported in {@code directory}, as the load says it of its writes; nothing if no export has ended yet. */
    static List<String> lines(Path directory) throws SQLException {
        Path file = directory.resolve(FOLDER).resolve(NAME);
        List<String> lines = new ArrayList<>();
        if (Files.exists(file)) {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT * FROM '" + file + "'")) {
                while (row.next()) {
                    lines.add(row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3));
                }
            }
        }
        return lines;
    }

    static void makeFolder(Path directory) throws IOException {
        Files.createDirectories(directory.resolve(FOLDER));
    }
}
