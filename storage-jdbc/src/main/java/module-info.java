/**
 * The SQL executor that the SQL storages share; not for use by applications.
 */
module dev.rowkeep.storage.jdbc {
    requires transitive dev.rowkeep.core;
    requires transitive java.sql;
    requires static org.jspecify;

    exports dev.rowkeep.storage.jdbc to
            dev.rowkeep.storage.duckdb,
            dev.rowkeep.storage.sqlite;
}
