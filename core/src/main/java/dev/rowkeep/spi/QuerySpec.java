package dev.rowkeep.spi;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query as a storage gets it.
 *
 * @param where the condition
 * @param orders the order; its last column is the key
 * @param after the values of the last record before the wanted ones, one per order, in canonical form
 * @param limit the most results
 * @param columns the places of the cells that are wanted; the others may be null in the images
 */
public record QuerySpec(
        Condition where, List<Order> orders, Optional<List<@Nullable Object>> after, int limit, BitSet columns) {}
