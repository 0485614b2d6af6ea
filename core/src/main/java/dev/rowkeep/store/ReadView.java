package dev.rowkeep.store;

import dev.rowkeep.commit.Position;

/**
 * The records of one store as of a place in the log. Immutable: it never changes, whatever is written afterwards. Safe for use by
 * several threads.
 *
 * <p>It is held in memory as a whole, with all cells, and asks nothing of the storage; let go of it when done. Records have the
 * version, author and time that they had there; columns that the store has got since are missing.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public interface ReadView<K, T> extends RecordReader<K, T> {
    /** The most records of a view, and the most that making it may look at together. */
    int MOST_RECORDS = 1_000_000;

    /** The newest commit of which the view shows what it did; the place before the first commit if it shows none. */
    Position position();
}
