package dev.rowkeep.benchmarks.harness;

/** One side of a comparison, open and loaded. Owns its files and connections until it is closed. */
public interface Contender extends AutoCloseable {
    /** Its name in reports. */
    String name();

    /** What a reader must know to judge the comparison: durability, modes, sizes. */
    String settings();

    /** The work of one thread; asked for once for each thread and used in every round. */
    Work worker(int thread) throws Exception;

    /**
     * Checks that what it holds is what its acknowledged operations made of it.
     *
     * @param acknowledged all operations of all rounds
     * @throws IllegalStateException if an operation was lost, or landed more than once
     */
    default void verify(long acknowledged) throws Exception {}

    /**
     * Is told that a round has ended, at once and while no clock runs.
     *
     * @param acknowledged all operations of all rounds so far
     */
    default void roundEnded(long acknowledged) throws Exception {}

    @Override
    void close() throws Exception;
}
