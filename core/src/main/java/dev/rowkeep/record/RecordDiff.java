package dev.rowkeep.record;

import dev.rowkeep.commit.CellChange;
import java.util.List;

/**
 * One record at two places of the log.
 *
 * @param key the record's key
 * @param fromVersion its version at the first place; 0 if it was not there
 * @param toVersion its version at the second place; 0 if it was not there
 * @param cells every cell in which the two differ, in column order: before at the first place, after at the second
 * @param <K> the key's type
 */
public record RecordDiff<K>(K key, long fromVersion, long toVersion, List<CellChange> cells) {
    /** Copies the cells. */
    public RecordDiff {
        cells = List.copyOf(cells);
    }
}
