package dev.rowkeep.spi;

/** What kind of file an export is. */
public enum ExportFormat {
    /** Apache Parquet: columns with their types, compressed. */
    PARQUET(".parquet"),
    /** Comma-separated values as RFC 4180 describes them, in UTF-8, with a line of names first. A missing value is empty. */
    CSV(".csv");

    private final String suffix;

    ExportFormat(String suffix) {
        this.suffix = suffix;
    }

    /** What the names of such files end with. */
    public String suffix() {
        return suffix;
    }
}
