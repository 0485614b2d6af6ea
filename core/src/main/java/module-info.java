/**
 * Typed, versioned records with optimistic locking, merges and a complete change log.
 */
module dev.rowkeep.core {
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires io.github.javadiffutils;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires jdk.jfr;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.rowkeep;
    exports dev.rowkeep.backup;
    exports dev.rowkeep.commit;
    exports dev.rowkeep.edit;
    exports dev.rowkeep.erasure;
    exports dev.rowkeep.error;
    exports dev.rowkeep.lease;
    exports dev.rowkeep.log;
    exports dev.rowkeep.memory;
    exports dev.rowkeep.merge;
    exports dev.rowkeep.observe;
    exports dev.rowkeep.query;
    exports dev.rowkeep.record;
    exports dev.rowkeep.retention;
    exports dev.rowkeep.schema;
    exports dev.rowkeep.schema.annotation;
    exports dev.rowkeep.snapshot;
    exports dev.rowkeep.spi;
    exports dev.rowkeep.store;
}
