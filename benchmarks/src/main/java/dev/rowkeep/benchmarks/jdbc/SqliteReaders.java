package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import java.sql.SQLException;
import java.util.function.Supplier;

/** One thread that reads products by key through JDBC. */
public final class SqliteReaders implements Contender {
    private final SqliteProducts products;
    private final KeyChoice keys;
    private final int readsPerCall;
    private volatile long lastRead;

    /**
     * A reader of {@code products}.
     *
     * @param readsPerCall how many reads are timed together
     */
    public SqliteReaders(SqliteProducts products, KeyChoice keys, int readsPerCall) {
        this.products = products;
        this.keys = keys;
        this.readsPerCall = readsPerCall;
    }

    @Override
    public String name() {
        return "jdbc-sqlite";
    }

    @Override
    public String settings() {
        return "point read of all columns into the same Java record, statement prepared once";
    }

    @Override
    public Work worker(int thread) throws SQLException {
        Updates reads = new Updates(products.connection(), AuditForm.CHANGED_CELL);
        Supplier<String> mine = keys.forThread(thread);
        return () -> {
            long sum = 0;
            for (int i = 0; i < readsPerCall; i++) {
                sum += reads.read(mine.get()).product().quantity();
            }
            lastRead = sum;
            return readsPerCall;
        };
    }

    /** What the last call read. */
    public long lastRead() {
        return lastRead;
    }

    @Override
    public void close() throws SQLException {
        products.close();
    }
}
