package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.envers.AuditStrategy;
import dev.rowkeep.benchmarks.envers.EnversProducts;
import dev.rowkeep.benchmarks.h2.H2Products;
import dev.rowkeep.benchmarks.javers.JaversProducts;
import dev.rowkeep.benchmarks.jooq.JooqProducts;
import dev.rowkeep.benchmarks.mvstore.MvStoreProducts;
import dev.rowkeep.benchmarks.spring.SpringProducts;
import dev.rowkeep.benchmarks.tool.Tool;
import dev.rowkeep.benchmarks.xodus.XodusProducts;
import java.nio.file.Path;
import java.util.List;

/** The tools that a Java team would pick, in sets that one row can run through in less than two minutes. */
enum ToolSet {
    /** Tools that keep their records in SQLite, as RowKeep does here. */
    ON_SQLITE("tools on SQLite"),

    /** What each of Envers' audit strategies costs. */
    ENVERS("Hibernate Envers on SQLite"),

    /** Tools on H2. */
    ON_H2("tools on H2"),

    /** Stores without SQL. */
    KEY_VALUE("key-value stores");

    private final String description;

    ToolSet(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    List<Opening> openings() {
        return switch (this) {
            case ON_SQLITE -> List.of(envers(AuditStrategy.DEFAULT), JooqProducts::new, SpringProducts::new);
            case ENVERS ->
                List.of(
                        envers(AuditStrategy.DEFAULT),
                        envers(AuditStrategy.VALIDITY),
                        envers(AuditStrategy.VALIDITY_INDEXED));
            case ON_H2 -> List.of(H2Products::new, JaversProducts::new);
            case KEY_VALUE -> List.of(MvStoreProducts::new, XodusProducts::new);
        };
    }

    private static Opening envers(AuditStrategy strategy) {
        return (directory, count) -> new EnversProducts(directory, count, strategy);
    }

    /** Makes a tool's files in a directory and loads some products. */
    @FunctionalInterface
    interface Opening {
        Tool open(Path directory, int count) throws Exception;
    }
}
