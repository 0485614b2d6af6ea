package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.harness.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Baseline (a): a connection of its own for each thread, and another try after each conflict. */
final class DuckdbConnectionPerThread implements DuckdbWriters.Way {
    private final DuckdbFile file;
    private final List<Connection> open = new ArrayList<>();

    DuckdbConnectionPerThread(DuckdbFile file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "jdbc-duckdb-per-thread";
    }

    @Override
    public String describe() {
        return "one connection a thread, retry at once after a conflict, statements prepared once";
    }

    @Override
    public Work worker(Supplier<String> keys) throws SQLException {
        Connection own = file.another();
        open.add(own);
        DuckdbUpdates updates = new DuckdbUpdates(own);
        return () -> {
            updates.addOne(keys.get());
            return 1;
        };
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
    }
}
