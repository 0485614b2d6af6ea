package dev.rowkeep.benchmarks.duckdb;

/** Whether the table of products has an index over its key. */
public enum KeyIndex {
    /** None: a key is looked for in the whole column, which is fast enough that writes may gain by it. */
    NONE("no index over the key", ""),
    /** That of a primary key. */
    PRIMARY_KEY("a primary key", " PRIMARY KEY");

    private final String description;
    private final String constraint;

    KeyIndex(String description, String constraint) {
        this.description = description;
        this.constraint = constraint;
    }

    /** Its words in reports. */
    String description() {
        return description;
    }

    /** What the key's column is declared with. */
    String constraint() {
        return constraint;
    }
}
