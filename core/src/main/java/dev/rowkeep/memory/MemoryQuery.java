package dev.rowkeep.memory;

import dev.rowkeep.internal.query.ConditionEvaluation;
import dev.rowkeep.internal.query.KeysetOrder;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query compiled for one layout. In the key's order it reads from the place it goes on from and no further than its limit; in
 * any other it reads the whole table.
 */
final class MemoryQuery {
    private final QuerySpec spec;
    private final ConditionEvaluation where;
    private final KeysetOrder order;

    private MemoryQuery(QuerySpec spec, ConditionEvaluation where, KeysetOrder order) {
        this.spec = spec;
        this.where = where;
        this.order = order;
    }

    static MemoryQuery of(StoreLayout layout, QuerySpec spec) {
        return new MemoryQuery(
                spec, ConditionEvaluation.of(layout, spec.where()), KeysetOrder.of(layout, spec.orders()));
    }

    /** The images that are wanted, and more if they still have to be sorted. */
    List<Image> matches(MemoryTable table) {
        return matches(table, Stream::of);
    }

    /** As {@link #matches(MemoryTable)}, with each image replaced by what {@code asOf} gives for it. */
    List<Image> matches(MemoryTable table, Function<Image, Stream<Image>> asOf) {
        Order.Direction byKey = order.directionByKeyAlone();
        if (byKey == null) {
            return table.images().values().stream()
                    .flatMap(asOf)
                    .filter(where::test)
                    .filter(image -> spec.after().isEmpty()
                            || order.isAfter(image, spec.after().get()))
                    .toList();
        }
        NavigableMap<Object, Image> images = byKey == Order.Direction.ASCENDING
                ? table.images()
                : table.images().descendingMap();
        return stream(images)
                .flatMap(asOf)
                .filter(where::test)
                .limit(spec.limit())
                .toList();
    }

    private Stream<Image> stream(NavigableMap<Object, Image> images) {
        @Nullable
        Object after = spec.after().isEmpty() ? null : spec.after().get().get(0);
        Collection<Image> rest =
                after == null ? images.values() : images.tailMap(after, false).values();
        return rest.stream();
    }

    /** The results in order, made of the matches. */
    List<Image> sorted(List<Image> matches) {
        if (order.directionByKeyAlone() != null) {
            return matches;
        }
        return matches.stream().sorted(order).limit(spec.limit()).toList();
    }
}
