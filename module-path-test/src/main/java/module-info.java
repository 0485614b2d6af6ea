/**
 * An application that uses the library as named modules.
 */
module dev.rowkeep.consumer {
    requires dev.rowkeep.core;
    requires dev.rowkeep.storage.duckdb;
    requires dev.rowkeep.storage.sqlite;
}
