package dev.rowkeep.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The storage's state under its write lock, as a commit is being decided. Only valid during the call it was given to. */
public interface CommitView {
    /** The newest commit. */
    Head head();

    /** The place that the log begins behind, as {@link Storage#start} says. */
    default Head start() {
        return Head.empty();
    }

    /** The image of a record, a tombstone included; null if the key was never used. */
    @Nullable
    Image image(StoreLayout layout, Object key);

    /** The key of the live record that holds {@code value} in the unique column at {@code ordinal}; null if none does. */
    @Nullable
    Object owner(StoreLayout layout, int ordinal, Object value);

    /** What is stored of the request {@code id}; null if nothing is, or no longer. */
    @Nullable
    StoredRequest request(String id);

    /** The commits after a sequence in order, at most {@code most}. */
    List<LoggedCommit> commitsAfter(long sequence, int most);

    /**
     * The changes of one store made by commits after a sequence, in order, at most {@code most}: for checking what a transaction has
     * read. The cost must not grow with what is before the sequence.
     */
    List<LoggedChange> changesAfter(StoreLayout layout, long sequence, int most);
}
