package dev.rowkeep.benchmarks.tool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Pooled connections to a SQLite file as durable as RowKeep's, for tools that work with a pool. */
public final class SqlitePool {
    /** What a reader must know of it. */
    public static final String SETTINGS =
            "HikariCP with one connection with 32 MB of cache under a fair lock, journal_mode=WAL,"
                    + " synchronous=FULL, wal_autocheckpoint=1000, BEGIN IMMEDIATE";

    private SqlitePool() {}

    /** A pool that does not commit by itself. */
    public static HikariDataSource open(Path file) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        sqlite.setCacheSize(-32_000);
        sqlite.setBusyTimeout(120_000);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(1);
        pool.setAutoCommit(false);
        pool.setConnectionInitSql("PRAGMA wal_autocheckpoint = 1000");
        return new HikariDataSource(pool);
    }
}
