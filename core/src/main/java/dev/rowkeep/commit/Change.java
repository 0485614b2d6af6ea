package dev.rowkeep.commit;

import java.util.List;

/**
 * What one commit did to one record.
 *
 * @param store the store's name
 * @param key the record's key
 * @param version the version that this change made
 * @param kind what it did
 * @param cells every cell that changed, in column order
 */
public record Change(String store, Object key, long version, ChangeKind kind, List<CellChange> cells) {
    /** Copies the cells. */
    public Change {
        cells = List.copyOf(cells);
    }
}
