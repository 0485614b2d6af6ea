package dev.rowkeep.commit;

import java.util.List;

/**
 * What one commit did to one record.
 *
 * @param store the store's name
 * @param key the record's key
 * @param version the version that this change made
 * @param kind what it did
 * @param cells every cell that changed, in column order; none if the contents were dropped
 * @param contents whether the log still says which cells changed
 */
public record Change(
        String store, Object key, long version, ChangeKind kind, List<CellChange> cells, Contents contents) {
    /** Whether the log still says which cells a change changed. */
    public enum Contents {
        /** It does. */
        KEPT,
        /** It does not: a policy of retention let them go, and all else that is said of the change is as it was. */
        DROPPED
    }

    /** Copies the cells. */
    public Change {
        cells = List.copyOf(cells);
    }

    /** One whose contents are kept. */
    public Change(String store, Object key, long version, ChangeKind kind, List<CellChange> cells) {
        this(store, key, version, kind, cells, Contents.KEPT);
    }
}
