package dev.rowkeep.benchmarks.harness;

/** One side of a comparison, open and loaded. Owns its files and connections until it is closed. */
public interface Contender extends AutoCloseable {
    /** How the names of RowKeep's contenders begin. */
    String OURS = "rowkeep";

    /** Its name in reports; that of RowKeep's begins with {@value #OURS}. */
    String name();

    /** What a reader must know to judge the comparison: durability, modes, sizes. */
    String settings();

    /** The work of one thread; asked for once for each thread and used in every round. */
    Work worker(int thread) throws Exception;

    /**
     * Is told that a round has ended, at once and while no clock runs.
     *
     * @param acknowledged all operations of all rounds so far
     */
    default void roundEnded(long acknowledged) throws Exception {}

    @Override
    void close() throws Exception;
}
