package dev.rowkeep.edit;

import dev.rowkeep.commit.Author;
import dev.rowkeep.record.VersionedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An edit that cannot land because of what another writer did, with all it takes to answer it. Nothing was written.
 *
 * @param reason what stands in the way
 * @param mine the edit
 * @param base the record the edit was based on, where it said so
 * @param theirs the record that is there now; empty if there is none
 * @param expectedVersion the version that the edit stands on; 0 if it expected no record
 * @param actualVersion the version that is there, a delete's included; 0 if the key was never used
 * @param cells the cells that no rule could decide; empty where the whole record is in question
 * @param author who made the version that is there
 * @param time when that was
 * @param <K> the key's type
 * @param <T> the record's type
 */
public record Conflict<K, T>(
        Reason reason,
        Edit<K, T> mine,
        Optional<VersionedRecord<K, T>> base,
        Optional<VersionedRecord<K, T>> theirs,
        long expectedVersion,
        long actualVersion,
        List<CellConflict> cells,
        Optional<Author> author,
        Optional<Instant> time) {

    /** What stands in the way of an edit. */
    public enum Reason {
        /** The record has another version than the edit expects. */
        STALE_VERSION,
        /** Both writers changed cells whose rule is to reject. */
        CELLS,
        /** An insert found the record there. */
        EXISTS,
        /** The record is not there: deleted, or never inserted. */
        MISSING
    }

    /** Copies the cells. */
    public Conflict {
        cells = List.copyOf(cells);
    }

    /**
     * Begins an answer cell by cell. It is a compare-and-set on {@link #theirs} and may conflict again.
     *
     * @throws IllegalStateException if there is no record to answer on
     */
    public Resolution<K, T> resolve() {
        return Resolution.of(this);
    }

    /** What failed, on what, and what to do, without cell values. */
    public String message() {
        String target = mine.schema().name() + "/" + mine.rawKey();
        String who = author.map(a -> " (by " + a + " at " + time.orElseThrow()
                        + (cells.isEmpty() ? "" : "; columns " + String.join(", ", columnNames())) + ")")
                .orElse("");
        return switch (reason) {
            case STALE_VERSION ->
                "Cannot write " + target + ": you changed version " + expectedVersion
                        + ", the store has version " + actualVersion + who
                        + ". Re-read and retry, or base the edit on the record you read so that it can be merged.";
            case CELLS ->
                "Cannot write " + target + ": you changed version " + expectedVersion
                        + ", the store has version " + actualVersion + who
                        + ". Resolve the cells, or give the columns a merge rule.";
            case EXISTS ->
                "Cannot insert " + target + ": the store has version " + actualVersion + who
                        + ". Update it instead, or choose another key.";
            case MISSING ->
                "Cannot write " + target + ": "
                        + (actualVersion == 0
                                ? "there is no such record"
                                : "it was deleted as version " + actualVersion + who)
                        + ". Insert it first.";
        };
    }

    private List<String> columnNames() {
        return cells.stream().map(CellConflict::column).toList();
    }
}
