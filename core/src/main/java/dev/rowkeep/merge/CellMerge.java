package dev.rowkeep.merge;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An application's own rule for a cell that two writers changed.
 *
 * <p>It runs on the writing caller's thread, must not call the library, and may run several times for one write.
 *
 * @param <T> the column's Java type
 */
@FunctionalInterface
public interface CellMerge<T> {
    /**
     * The value that holds what both sides meant, or empty to hand the cell back as a conflict.
     *
     * @param base the value both started from
     * @param mine the value that the edit wants
     * @param theirs the value that is there now
     */
    Optional<T> merge(@Nullable T base, @Nullable T mine, @Nullable T theirs);
}
