package dev.rowkeep.edit;

import org.jspecify.annotations.Nullable;

/**
 * One cell that two writers changed and no rule could decide.
 *
 * @param column the column's name
 * @param base the value both started from
 * @param mine the value that the edit wants
 * @param theirs the value that is there
 */
public record CellConflict(
        String column,
        @Nullable Object base,
        @Nullable Object mine,
        @Nullable Object theirs) {}
