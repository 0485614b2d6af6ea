package dev.rowkeep.benchmarks.harness;

/** A contender whose operations are updates, so that what it holds at the end tells whether each of them landed once. */
public interface Updating extends Contender {
    /**
     * Checks that what it holds is what its acknowledged operations made of it.
     *
     * @param acknowledged all operations of all rounds
     * @throws IllegalStateException if an operation was lost, or landed more than once
     */
    void verify(long acknowledged) throws Exception;
}
