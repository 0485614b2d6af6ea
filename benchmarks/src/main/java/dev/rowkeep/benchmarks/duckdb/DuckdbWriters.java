package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.harness.Updating;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Threads that update hand-written tables in DuckDB, in one of the ways a team would choose. */
public final class DuckdbWriters implements Updating {
    private final DuckdbProducts products;
    private final KeyChoice keys;
    private final Way way;

    /** How threads share the database. Owns the connections it opens beside the first. */
    interface Way extends AutoCloseable {
        /** Its name in reports. */
        String name();

        /** What there is to say beside the database's settings. */
        String describe();

        /** The work of one thread. */
        Work worker(Supplier<String> keys) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private DuckdbWriters(DuckdbProducts products, KeyChoice keys, Way way) {
        this.products = products;
        this.keys = keys;
        this.way = way;
    }

    /** (a) One connection a thread; who comes second begins anew. */
    public static DuckdbWriters connectionPerThread(DuckdbProducts products, KeyChoice keys) {
        return new DuckdbWriters(products, keys, new DuckdbConnectionPerThread(products.file()));
    }

    /** (b) One connection for all, under a fair lock. */
    public static DuckdbWriters sharedConnection(DuckdbProducts products, KeyChoice keys) throws SQLException {
        return new DuckdbWriters(products, keys, new DuckdbSharedConnection(products.file()));
    }

    @Override
    public String name() {
        return way.name();
    }

    @Override
    public String settings() {
        try {
            return products.settings() + ", " + way.describe();
        } catch (SQLException e) {
            throw new IllegalStateException("The baseline's settings cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Work worker(int thread) throws SQLException {
        return way.worker(keys.forThread(thread));
    }

    @Override
    public void verify(long acknowledged) throws SQLException {
        products.verifyUpdates(acknowledged);
    }

    @Override
    public void close() throws SQLException {
        way.close();
        products.close();
    }
}
