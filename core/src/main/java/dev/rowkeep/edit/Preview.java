package dev.rowkeep.edit;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.schema.RecordVerdict;
import java.util.List;
import java.util.Optional;

/**
 * What applying an edit would do, as of the moment it was asked; nothing was written.
 *
 * @param verdict what became of each cell
 * @param diff the cells that would change, merged ones included; empty if nothing would be written
 * @param conflict what would stand in the way
 * @param <K> the key's type
 * @param <T> the record's type
 */
public record Preview<K, T>(RecordVerdict verdict, List<CellChange> diff, Optional<Conflict<K, T>> conflict) {
    /** Copies the diff. */
    public Preview {
        diff = List.copyOf(diff);
    }
}
