package dev.rowkeep.benchmarks.envers;

/** How Envers says from when to when a row of its audit table was so. */
public enum AuditStrategy {
    /** Each audit row has the revision that made it. */
    DEFAULT("hibernate-envers", "default", "default audit strategy"),

    /** Each audit row also has the revision that ended it, which the next update of the record writes. */
    VALIDITY("hibernate-envers-validity", "validity", "validity audit strategy as shipped"),

    /**
     * The same, with an index for the statement that ends an audit row: it looks for the record's key, but the audit table's primary key
     * begins with the revision, so that without the index it reads the whole table.
     */
    VALIDITY_INDEXED(
            "hibernate-envers-validity-index",
            "validity",
            "validity audit strategy, and an index on the audit table's sku and REVEND");

    private final String toolName;
    private final String setting;
    private final String description;

    AuditStrategy(String toolName, String setting, String description) {
        this.toolName = toolName;
        this.setting = setting;
        this.description = description;
    }

    String toolName() {
        return toolName;
    }

    /** What Hibernate calls it. */
    String setting() {
        return setting;
    }

    String description() {
        return description;
    }
}
