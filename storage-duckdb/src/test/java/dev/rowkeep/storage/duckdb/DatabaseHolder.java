package dev.rowkeep.storage.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Another program that has a DuckDB file open, and says so, until its input ends or it is killed. */
final class DatabaseHolder {
    private DatabaseHolder() {}

    public static void main(String[] args) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + args[0])) {
            System.out.println(connection.isClosed() ? "closed" : "open");
            int end = System.in.read();
            System.exit(end);
        }
    }
}
