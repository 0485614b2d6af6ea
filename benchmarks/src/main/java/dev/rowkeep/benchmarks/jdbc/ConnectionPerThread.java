package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Baseline (a): a connection of its own for each thread, and busy_timeout. */
final class ConnectionPerThread implements SqliteWriters.Way {
    private final SqliteConnections connections;
    private final List<Connection> open = new ArrayList<>();

    ConnectionPerThread(SqliteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String name() {
        return "jdbc-sqlite-per-thread";
    }

    @Override
    public String describe() {
        return "one connection a thread with 8 MB of cache, busy_timeout, BEGIN IMMEDIATE, statements prepared once";
    }

    @Override
    public Work worker(Supplier<String> keys) throws SQLException {
        Connection own = connections.openForThread();
        open.add(own);
        Updates updates = new Updates(own, AuditForm.CHANGED_CELL);
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
