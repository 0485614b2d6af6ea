package dev.rowkeep.storage.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** Another connection to a database that this process has open: the driver gives one if it asks for the same settings. */
final class OpenDatabase {
    private OpenDatabase() {}

    static Connection connect(Path database) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        return DriverManager.getConnection("jdbc:duckdb:" + database, settings);
    }
}
