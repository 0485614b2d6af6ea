package dev.rowkeep.storage.tck;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks a query page by page, each found by the place of the last record of the one before, as core does. */
final class Pages {
    private Pages() {}

    /** All results, read in pages of {@code size}; more pages than there can be fail the walk. */
    static List<Image> walk(Storage storage, StoreLayout layout, Condition where, List<Order> orders, int size) {
        List<Image> visited = new ArrayList<>();
        Optional<List<@Nullable Object>> after = Optional.empty();
        long most = storage.count(layout, where);
        while (true) {
            List<Image> page = Transcript.drain(
                    storage.scan(layout, new QuerySpec(where, orders, after, size, Transcript.allCells(layout))));
            visited.addAll(page);
            if (page.size() < size) {
                return visited;
            }
            if (visited.size() > most) {
                throw new AssertionError("The pages visit more than the " + most + " records there are: " + orders);
            }
            after = Optional.of(Oracle.place(layout, orders, page.get(page.size() - 1)));
        }
    }
}
