package dev.rowkeep.benchmarks.tool;

/** Products and their history kept by a tool, open and loaded. Owns its files and connections until it is closed. */
public interface Tool extends AutoCloseable {
    /** Its name in reports. */
    String name();

    /** What a reader must know to judge the comparison: durability, modes, how threads share it. */
    String settings();

    /** A way to update for one thread. */
    Updater updater() throws Exception;

    /** What it holds now. */
    Totals totals() throws Exception;

    @Override
    void close() throws Exception;

    /** Updates products, each durably before it returns. Used by one thread at a time. */
    @FunctionalInterface
    interface Updater {
        /** Reads a product, adds one to its quantity, writes it with its history; false, with nothing written, if another came first. */
        boolean addOne(String sku) throws Exception;
    }

    /**
     * What must be the number of acknowledged updates, three times.
     *
     * @param quantities of all products
     * @param versions of all products, counted from the one that they were loaded with
     * @param changes that the history tells of
     */
    record Totals(long quantities, long versions, long changes) {}
}
