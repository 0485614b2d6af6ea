package dev.rowkeep.storage.sqlite;

/**
 * An insert, of one row or of several at once. Several at once cost less per row, and most so where rows are short.
 */
final class InsertSql {
    /** How many rows the larger form has. */
    static final int MANY = 32;

    private final int columns;
    private final String one;
    private final String many;

    /**
     * Creates an insert.
     *
     * @param start the statement up to the rows
     * @param columns how many values a row has
     */
    InsertSql(String start, int columns) {
        this.columns = columns;
        String row = "(" + "?, ".repeat(columns - 1) + "?)";
        this.one = start + row;
        this.many = start + (row + ", ").repeat(MANY - 1) + row;
    }

    int columns() {
        return columns;
    }

    String one() {
        return one;
    }

    String many() {
        return many;
    }
}
