/**
 * The conformance kit: the tests that every storage passes.
 */
module dev.rowkeep.storage.tck {
    requires java.management;
    requires transitive dev.rowkeep.core;
    requires transitive net.jqwik.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.rowkeep.storage.tck;

    // The engines make the suites and call their tests by reflection.
    opens dev.rowkeep.storage.tck;
}
