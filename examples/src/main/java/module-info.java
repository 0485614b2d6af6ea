/**
 * The quick start and one small application per kind of system.
 */
module dev.rowkeep.examples {
    requires com.fasterxml.jackson.databind;
    requires dev.rowkeep.core;
    requires dev.rowkeep.storage.duckdb;
    requires dev.rowkeep.storage.sqlite;
    requires java.sql;
    requires static org.jspecify;

    // The store reads the example's record classes by reflection.
    opens dev.rowkeep.examples to
            dev.rowkeep.core;
    opens dev.rowkeep.examples.flights to
            dev.rowkeep.core;
    opens dev.rowkeep.examples.sketch to
            dev.rowkeep.core;
}
