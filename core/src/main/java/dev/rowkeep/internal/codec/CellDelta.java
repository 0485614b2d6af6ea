package dev.rowkeep.internal.codec;

import org.jspecify.annotations.Nullable;

/**
 * One cell of a delta.
 *
 * @param ordinal the cell's place in the layout's columns
 * @param before the value before, in canonical form; null where there was none
 * @param after the value after, in canonical form; null where there is none
 * @param isErased whether the values were erased; both are null then
 */
public record CellDelta(
        int ordinal, @Nullable Object before, @Nullable Object after, boolean isErased) {
    /** A cell whose values are there. */
    public CellDelta(int ordinal, @Nullable Object before, @Nullable Object after) {
        this(ordinal, before, after, false);
    }

    static CellDelta erased(int ordinal) {
        return new CellDelta(ordinal, null, null, true);
    }
}
