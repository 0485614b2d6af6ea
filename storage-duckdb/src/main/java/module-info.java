/**
 * The storage on DuckDB: commits are acknowledged by a journal and reach typed tables for analytics in batches.
 */
module dev.rowkeep.storage.duckdb {
    requires dev.rowkeep.storage.jdbc;
    requires duckdb.jdbc;
    requires org.slf4j;
    requires static org.jspecify;
    requires transitive dev.rowkeep.core;

    exports dev.rowkeep.storage.duckdb;
}
