package dev.rowkeep.storage.tck;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query whose place to go on from is known only when there are records.
 *
 * @param where the condition
 * @param orders the order, the key last
 * @param after which record, counted around, the results come after; negative for none
 * @param limit the most results, and the size of a page
 */
record Question(Condition where, List<Order> orders, int after, int limit) {
    QuerySpec over(StoreLayout layout, List<Image> records) {
        Optional<List<@Nullable Object>> place = after < 0 || records.isEmpty()
                ? Optional.empty()
                : Optional.of(Oracle.place(layout, orders, records.get(after % records.size())));
        return new QuerySpec(where, orders, place, limit, Transcript.allCells(layout));
    }
}
