package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The part of a store on which a query's results depend: a change that covers it neither before nor after leaves them as they are.
 *
 * <p>For a query that was cut off at its limit, it ends at the last result: what comes after that in the query's order was not looked
 * at.
 */
public final class ResultRange {
    private final Predicate<Image> contains;

    private ResultRange(Predicate<Image> contains) {
        this.contains = contains;
    }

    /** The part on which the number of records that {@code where} holds for depends. */
    public static ResultRange of(StoreLayout layout, Condition where) {
        return new ResultRange(ConditionEvaluation.of(layout, where)::test);
    }

    /** The part on which {@code results}, all that {@code query} gave, depend. */
    public static ResultRange of(StoreLayout layout, QuerySpec query, List<Image> results) {
        Predicate<Image> contains = ConditionEvaluation.of(layout, query.where())::test;
        KeysetOrder order = KeysetOrder.of(layout, query.orders());
        if (query.after().isPresent()) {
            List<@Nullable Object> from = query.after().get();
            contains = contains.and(image -> order.isAfter(image, from));
        }
        if (!results.isEmpty() && results.size() >= query.limit()) {
            List<@Nullable Object> last = order.values(results.get(results.size() - 1));
            contains = contains.and(image -> !order.isAfter(image, last));
        }
        return new ResultRange(contains);
    }

    /** Whether {@code image} is of a live record in the range. It must have all its cells. */
    public boolean covers(@Nullable Image image) {
        return image != null && image.isLive() && contains.test(image);
    }
}
