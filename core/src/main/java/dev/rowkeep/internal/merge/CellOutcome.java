package dev.rowkeep.internal.merge;

import org.jspecify.annotations.Nullable;

/** What becomes of one cell that an edit puts, against what others have done since the edit's base. */
public sealed interface CellOutcome {
    /** The edit does not change the cell: what is there stays. */
    record Theirs() implements CellOutcome {}

    /** Only the edit changes the cell: its value lands. */
    record Mine() implements CellOutcome {}

    /** Both changed the cell to the same value, which stays. */
    record Agreed() implements CellOutcome {}

    /**
     * Both changed the cell and the column's rule decided.
     *
     * @param value the value to be there, not judged yet
     */
    record Decided(@Nullable Object value) implements CellOutcome {}

    /** Both changed the cell and the column's rule does not decide. */
    record Undecided() implements CellOutcome {}
}
