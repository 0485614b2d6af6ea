package dev.rowkeep.spi;

import java.util.List;

/** A batch of edits to be decided under the storage's write lock. */
public interface CommitWork {
    /** The records whose images the decision will ask for, as a hint to read them together. */
    List<RecordRef> reads();

    /**
     * Decides the batch. Pure as seen from the storage: it may be called again, with another view, if the storage rolled back.
     */
    CommitPlan decide(CommitView view);

    /**
     * A record's address.
     *
     * @param layout the store
     * @param key the key, in canonical form
     */
    record RecordRef(StoreLayout layout, Object key) {}
}
