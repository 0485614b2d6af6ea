package dev.rowkeep.evidence.fuzz;

/** One way for input from outside into the library. Used by one thread. */
@FunctionalInterface
interface FuzzTarget extends AutoCloseable {
    /** Gives {@code input} to the library; throws if the library did with it what it never may. */
    void accept(byte[] input);

    @Override
    default void close() {}
}
