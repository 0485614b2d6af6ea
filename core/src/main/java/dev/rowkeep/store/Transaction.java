package dev.rowkeep.store;

import dev.rowkeep.commit.Position;

/**
 * One run of a transaction's closure: reads as of one commit, and writes that are kept back until the closure returns. Used by the
 * closure's thread until it returns.
 */
public interface Transaction {
    /** The newest commit that the transaction's reads show. */
    Position position();

    /**
     * The records of {@code store}, to read and write within this transaction. Whoever {@code store} is written as, it is the
     * transaction's session that writes.
     *
     * @throws IllegalArgumentException if the store belongs to another handle
     */
    <K, T> TransactionStore<K, T> on(RecordStore<K, T> store);
}
