package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Updating;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Threads that update hand-written tables, in one of the ways a team would choose. */
public final class SqliteWriters implements Updating {
    private final SqliteProducts products;
    private final KeyChoice keys;
    private final Way way;

    /** How threads share the database. Owns the connections it opens beside the first. */
    interface Way extends AutoCloseable {
        /** Its name in reports. */
        String name();

        /** What there is to say beside the connection's settings. */
        String describe();

        /** The work of one thread. */
        Work worker(Supplier<String> keys) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private SqliteWriters(SqliteProducts products, KeyChoice keys, Way way) {
        this.products = products;
        this.keys = keys;
        this.way = way;
    }

    /** (a) One connection a thread; SQLite's busy handler decides who is next. */
    public static SqliteWriters connectionPerThread(SqliteProducts products, KeyChoice keys) {
        return new SqliteWriters(products, keys, new ConnectionPerThread(products.connections()));
    }

    /** (b) One connection for all, under a fair lock. */
    public static SqliteWriters sharedConnection(SqliteProducts products, KeyChoice keys) throws SQLException {
        return new SqliteWriters(products, keys, new SharedConnection(products.connection()));
    }

    /** One connection for all, under a fair lock that is given back between reading and writing. */
    public static SqliteWriters compareAndSet(SqliteProducts products, KeyChoice keys) throws SQLException {
        return new SqliteWriters(products, keys, new CompareAndSet(products.connection()));
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
