package dev.rowkeep.query;

import java.util.List;
import java.util.Optional;

/**
 * Some results of a query and the place after them.
 *
 * @param items the results
 * @param next where to go on; empty after the last page
 * @param <R> what a result is
 */
public record Page<R>(List<R> items, Optional<Cursor> next) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
