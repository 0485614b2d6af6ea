package dev.rowkeep.benchmarks.duckdb;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** Tables in a DuckDB file of their own, written at once and so packed as well as can be, to be asked by hand. */
public final class DuckdbTables implements AutoCloseable {
    private final DuckdbFile file;
    private final String description;

    private DuckdbTables(DuckdbFile file, String description) {
        this.file = file;
        this.description = description;
    }

    /** The same rows under the same names as in {@code database}, which nobody has open. */
    public static DuckdbTables copied(Path database, Path directory, List<String> names) throws SQLException {
        DuckdbFile file = in(directory);
        file.execute("ATTACH '" + database.toString().replace("'", "''") + "' AS other (READ_ONLY)");
        for (String name : names) {
            file.execute("CREATE TABLE " + name + " AS SELECT * FROM other." + name);
        }
        file.execute("DETACH other");
        file.execute("CHECKPOINT");
        return new DuckdbTables(file, "a copy of RowKeep's rows that DuckDB wrote at once");
    }

    /** A table of products after {@code updates} updates, and one of what each update and each insert found. */
    public static DuckdbTables withDeltas(Path directory, int records, int updates, Supplier<String> keys)
            throws SQLException {
        DuckdbFile file = in(directory);
        new DuckdbDeltas(file).write(records, updates, keys);
        return new DuckdbTables(file, "products, and an audit with typed columns for each value before a change");
    }

    private static DuckdbFile in(Path directory) throws SQLException {
        return DuckdbFile.open(directory.resolve("jdbc.duckdb"));
    }

    DuckdbFile file() {
        return file;
    }

    String description() {
        return description;
    }

    @Override
    public void close() throws SQLException {
        file.close();
    }
}
