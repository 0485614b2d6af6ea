package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Baseline (b): one connection for all threads, under a fair lock. */
final class SharedConnection implements SqliteWriters.Way {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Updates updates;

    SharedConnection(Connection connection) throws SQLException {
        updates = new Updates(connection, AuditForm.CHANGED_CELL);
    }

    @Override
    public String name() {
        return "jdbc-sqlite-shared";
    }

    @Override
    public String describe() {
        return "one connection with 32 MB of cache under a fair lock, BEGIN IMMEDIATE, statements prepared once";
    }

    @Override
    public Work worker(Supplier<String> keys) {
        return () -> {
            String sku = keys.get();
            lock.lock();
            try {
                updates.addOne(sku);
            } finally {
                lock.unlock();
            }
            return 1;
        };
    }

    @Override
    public void close() {}
}
