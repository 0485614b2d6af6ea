package dev.rowkeep.storage.tck;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.And;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.Contains;
import dev.rowkeep.query.Condition.Not;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Order.Direction;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Storages that misunderstand queries, each in one way. */
final class BrokenQueries {
    private BrokenQueries() {}

    /** Orders text by UTF-16 code unit, as Java does by itself. */
    static Storage orderingTextByUtf16(Storage storage) {
        return ordering(storage, (a, b) -> a instanceof String x && b instanceof String y ? x.compareTo(y) : 0);
    }

    /** Has missing values last ascending. */
    static Storage puttingMissingLast(Storage storage) {
        return ordering(storage, (a, b) -> a == null || b == null ? Boolean.compare(a == null, b == null) : 0);
    }

    /** Orders by the first column as {@code first} says; what is equal by that stays in its place. */
    private static Storage ordering(Storage storage, Comparator<Object> first) {
        return new ForwardingStorage(storage) {
            @Override
            public ImageScan scan(StoreLayout layout, QuerySpec query) {
                Order order = query.orders().get(0);
                Comparator<Image> comparator =
                        (a, b) -> first.compare(valueOf(order, layout, a), valueOf(order, layout, b));
                if (order.direction() == Direction.DESCENDING) {
                    comparator = comparator.reversed();
                }
                return scanOf(Transcript.drain(super.scan(layout, query)).stream()
                        .sorted(comparator)
                        .toList());
            }
        };
    }

    private static Object valueOf(Order order, StoreLayout layout, Image image) {
        return Oracle.place(layout, List.of(order), image).get(0);
    }

    private static ImageScan scanOf(List<Image> images) {
        Iterator<Image> left = images.iterator();
        return new ImageScan() {
            @Override
            public Image next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    /** Negates a comparison as SQL does: unknown stays unknown. */
    static Storage negatingInThreeValues(Storage storage) {
        return rewriting(storage, BrokenQueries::threeValued);
    }

    private static Condition threeValued(Condition condition) {
        return condition instanceof Not not && not.part() instanceof Comparison comparison
                ? new And(List.of(not, new Not(new Condition.Missing(comparison.column()))))
                : condition;
    }

    /** Takes a percent sign for anything. */
    static Storage takingPercentForAPattern(Storage storage) {
        return rewriting(
                storage,
                condition -> condition instanceof Contains contains
                        ? new Contains(contains.column(), contains.part().replace("%", ""))
                        : condition);
    }

    private static Storage rewriting(Storage storage, UnaryOperator<Condition> rewrite) {
        return new ForwardingStorage(storage) {
            @Override
            public ImageScan scan(StoreLayout layout, QuerySpec query) {
                return super.scan(
                        layout,
                        new QuerySpec(
                                rewrite.apply(query.where()),
                                query.orders(),
                                query.after(),
                                query.limit(),
                                query.columns()));
            }

            @Override
            public long count(StoreLayout layout, Condition where) {
                return super.count(layout, rewrite.apply(where));
            }
        };
    }

    /** Pages from the place on, not from after it, where a missing value is part of the place. */
    static Storage repeatingPagesAtMissingValues(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public ImageScan scan(StoreLayout layout, QuerySpec query) {
                boolean missing =
                        query.after().map(values -> values.contains(null)).orElse(false);
                if (!missing) {
                    return super.scan(layout, query);
                }
                return super.scan(
                        layout,
                        new QuerySpec(query.where(), query.orders(), Optional.empty(), query.limit(), query.columns()));
            }
        };
    }
}
