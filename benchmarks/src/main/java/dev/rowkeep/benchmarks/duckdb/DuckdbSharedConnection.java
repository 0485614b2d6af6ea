package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.harness.Work;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Baseline (b): one connection for all threads, under a fair lock. */
final class DuckdbSharedConnection implements DuckdbWriters.Way {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final DuckdbUpdates updates;

    DuckdbSharedConnection(DuckdbFile file) throws SQLException {
        updates = new DuckdbUpdates(file.connection());
    }

    @Override
    public String name() {
        return "jdbc-duckdb-shared";
    }

    @Override
    public String describe() {
        return "one connection under a fair lock, statements prepared once";
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
