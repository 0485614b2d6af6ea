/**
 * The storage that keeps records in a SQLite database.
 */
module dev.rowkeep.storage.sqlite {
    requires transitive dev.rowkeep.core;
    requires dev.rowkeep.storage.jdbc;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    exports dev.rowkeep.storage.sqlite;
}
