package dev.rowkeep.storage.jdbc;

/**
 * Names in SQL text. Only names that come from a layout or are the storage's own may be given: a database may take a quoted name
 * that it does not know for a text.
 */
public final class Identifiers {
    private Identifiers() {}

    /** The name in double quotes. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
