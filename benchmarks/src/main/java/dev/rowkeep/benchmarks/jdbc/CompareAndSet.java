package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Plain compare-and-set with retry: reads, computes without holding anything, writes if the version still is the one read, and
 * else begins anew at once.
 */
final class CompareAndSet implements SqliteWriters.Way {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Updates updates;

    CompareAndSet(Connection connection) throws SQLException {
        updates = new Updates(connection, AuditForm.CHANGED_CELL);
    }

    @Override
    public String name() {
        return "jdbc-sqlite-cas";
    }

    @Override
    public String describe() {
        return "one connection with 32 MB of cache under a fair lock given back between read and write, retry at once";
    }

    @Override
    public Work worker(Supplier<String> keys) {
        return () -> {
            String sku = keys.get();
            while (!write(read(sku))) {
                Thread.onSpinWait();
            }
            return 1;
        };
    }

    private ProductRow read(String sku) throws SQLException {
        lock.lock();
        try {
            return updates.read(sku);
        } finally {
            lock.unlock();
        }
    }

    private boolean write(ProductRow read) throws SQLException {
        lock.lock();
        try {
            return updates.addOneTo(read);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {}
}
