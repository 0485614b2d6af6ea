package dev.rowkeep.benchmarks.h2;

import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.tool.Tool;
import java.nio.file.Path;
import java.sql.SQLException;

/** Products and a hand-written audit table in an embedded H2 database. */
public final class H2Products implements Tool {
    private static final int BATCH = 1000;

    private static final String AUDIT = """
            CREATE TABLE audit (
              id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku VARCHAR(200) NOT NULL, version BIGINT NOT NULL,
              old VARCHAR, new VARCHAR, author VARCHAR(200) NOT NULL, at BIGINT NOT NULL)""";

    private final H2Database database;

    /** The products 0 to {@code count - 1} in a new file under {@code directory}. */
    public H2Products(Path directory, int count) throws SQLException {
        database = new H2Database(directory);
        database.execute(AUDIT);
        for (int from = 0; from < count; from += BATCH) {
            database.insert(Products.range(from, Math.min(count, from + BATCH)));
            database.connection().commit();
        }
        database.endLoading();
    }

    @Override
    public String name() {
        return "h2-sql";
    }

    @Override
    public String settings() {
        return H2Database.SETTINGS + ", statements prepared once, retry at once";
    }

    @Override
    public Updater updater() throws SQLException {
        return new H2Updates(database.session());
    }

    @Override
    public Totals totals() throws SQLException {
        return new Totals(
                database.number("SELECT sum(quantity) FROM product"),
                database.number("SELECT sum(version - 1) FROM product"),
                database.number("SELECT count(*) FROM audit"));
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
