package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.product.Products;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables that RowKeep makes in DuckDB for a store of products, to be filled by hand with what an import brings: the records, the
 * history, the log.
 *
 * @param declarations the statements that make them
 * @param perRecord the tables that get a row a record
 */
public record KeepTables(List<String> declarations, List<String> perRecord) {
    private static final String COMMITS = "rowkeep_commits";
    private static final List<String> OTHERS =
            List.of("rowkeep_meta", "rowkeep_stores", "rowkeep_tombstones", "rowkeep_requests", COMMITS);

    /** Copies the lists. */
    public KeepTables {
        declarations = List.copyOf(declarations);
        perRecord = List.copyOf(perRecord);
    }

    /** The tables in {@code database}, which RowKeep has made and closed. */
    public static KeepTables of(Path database) throws SQLException {
        List<String> declarations = new ArrayList<>();
        List<String> perRecord = new ArrayList<>();
        try (DuckdbFile file = DuckdbFile.open(database);
                Statement statement = file.connection().createStatement();
                ResultSet table =
                        statement.executeQuery("SELECT table_name, sql FROM duckdb_tables() WHERE NOT internal")) {
            while (table.next()) {
                declarations.add(table.getString(2));
                if (!OTHERS.contains(table.getString(1))) {
                    perRecord.add(table.getString(1));
                }
            }
        }
        return new KeepTables(declarations, perRecord);
    }

    /**
     * Makes the tables in {@code file}, appends the products 0 to {@code count - 1} in one transaction, and closes the file, which writes
     * everything into it.
     *
     * @param commitSize how many records share a commit
     */
    public void load(Path file, int count, int commitSize) throws SQLException {
        try (DuckdbFile database = DuckdbFile.open(file)) {
            for (String declaration : declarations) {
                database.execute(declaration);
            }
            database.execute("BEGIN TRANSACTION");
            append(database, count, commitSize);
            database.execute("COMMIT");
            database.execute("CHECKPOINT");
        }
    }

    private void append(DuckdbFile database, int count, int commitSize) throws SQLException {
        List<KeepTableAppender> tables = new ArrayList<>();
        try (KeepTableAppender commits = KeepTableAppender.to(database, COMMITS)) {
            for (String name : perRecord) {
                tables.add(KeepTableAppender.to(database, name));
            }
            for (int i = 0; i < count; i++) {
                LoggedProduct logged = LoggedProduct.of(Products.product(i), i / commitSize + 1L, i % commitSize);
                for (KeepTableAppender table : tables) {
                    table.append(logged);
                }
                if (i % commitSize == 0) {
                    commits.append(logged);
                }
            }
        } finally {
            for (KeepTableAppender table : tables) {
                table.close();
            }
        }
    }
}
