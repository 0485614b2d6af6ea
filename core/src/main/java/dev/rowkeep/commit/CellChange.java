package dev.rowkeep.commit;

import org.jspecify.annotations.Nullable;

/**
 * One cell's step from one version of a record to the next.
 *
 * @param column the column's name
 * @param before the value before; null where there was none, {@link Erased#ERASED} where it was erased from the history
 * @param after the value after; null where there is none, {@link Erased#ERASED} where it was erased from the history
 */
public record CellChange(
        String column, @Nullable Object before, @Nullable Object after) {}
