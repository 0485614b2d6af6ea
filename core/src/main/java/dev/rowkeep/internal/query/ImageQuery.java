package dev.rowkeep.internal.query;

import dev.rowkeep.query.Order;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query compiled for one layout. In the key's order it reads from the place it goes on from and no further than its limit; in
 * any other it reads all images.
 */
public final class ImageQuery {
    private final QuerySpec spec;
    private final ConditionEvaluation where;
    private final KeysetOrder order;

    private ImageQuery(QuerySpec spec, ConditionEvaluation where, KeysetOrder order) {
        this.spec = spec;
        this.where = where;
        this.order = order;
    }

    /**
     * Compiles {@code spec}.
     *
     * @throws IllegalArgumentException if the layout has no such column, or a column has no order to compare by
     */
    public static ImageQuery of(StoreLayout layout, QuerySpec spec) {
        return new ImageQuery(
                spec, ConditionEvaluation.of(layout, spec.where()), KeysetOrder.of(layout, spec.orders()));
    }

    /** Those of {@code images}, by key in the key's order, that are wanted, and more if they still have to be sorted. */
    public List<Image> matches(NavigableMap<Object, Image> images) {
        return found(images, UnaryOperator.identity());
    }

    /** As {@link #matches(NavigableMap)}, with each image replaced by what {@code asOf} gives for it. */
    public List<Image> matches(NavigableMap<Object, Image> images, Function<Image, Stream<Image>> asOf) {
        return found(images, all -> all.flatMap(asOf));
    }

    private List<Image> found(NavigableMap<Object, Image> images, UnaryOperator<Stream<Image>> asOf) {
        Order.Direction byKey = order.directionByKeyAlone();
        if (byKey == null) {
            return asOf.apply(images.values().stream())
                    .filter(where::test)
                    .filter(image -> spec.after().isEmpty()
                            || order.isAfter(image, spec.after().get()))
                    .toList();
        }
        return asOf.apply(stream(byKey == Order.Direction.ASCENDING ? images : images.descendingMap()))
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
    public List<Image> sorted(List<Image> matches) {
        if (order.directionByKeyAlone() != null) {
            return matches;
        }
        return matches.stream().sorted(order).limit(spec.limit()).toList();
    }
}
