package dev.rowkeep.storage.tck;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.And;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.Contains;
import dev.rowkeep.query.Condition.Everything;
import dev.rowkeep.query.Condition.In;
import dev.rowkeep.query.Condition.Missing;
import dev.rowkeep.query.Condition.Not;
import dev.rowkeep.query.Condition.Or;
import dev.rowkeep.query.Condition.StartsWith;
import dev.rowkeep.query.Condition.TouchedSince;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Order.Direction;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The semantics table, executed by brute force: what every storage must answer to a query. Written from the table alone; it
 * shares no code with core, so that an error there cannot hide here.
 */
final class Oracle {
    private Oracle() {}

    /** The answer to {@code query} over {@code images}. */
    static List<Image> scan(StoreLayout layout, Collection<Image> images, QuerySpec query) {
        return images.stream()
                .filter(Image::isLive)
                .filter(image -> holds(query.where(), layout, image))
                .filter(image -> query.after()
                        .map(values -> compareToCursor(layout, query.orders(), image, values) > 0)
                        .orElse(true))
                .sorted((a, b) -> compareToCursor(layout, query.orders(), a, place(layout, query.orders(), b)))
                .limit(query.limit())
                .toList();
    }

    /** The values of {@code image} that say its place in an order. */
    static List<@Nullable Object> place(StoreLayout layout, List<Order> orders, Image image) {
        @Nullable Object[] values = new Object[orders.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cell(orders.get(i).column(), layout, image);
        }
        return Arrays.asList(values);
    }

    private static int compareToCursor(
            StoreLayout layout, List<Order> orders, Image image, List<@Nullable Object> values) {
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            Object cell = cell(order.column(), layout, image);
            int ascending = compare(order.column().type().kind(), cell, values.get(i));
            if (ascending != 0) {
                return order.direction() == Direction.ASCENDING ? ascending : -ascending;
            }
        }
        return 0;
    }

    static boolean holds(Condition condition, StoreLayout layout, Image image) {
        if (condition instanceof Everything) {
            return true;
        } else if (condition instanceof Comparison c) {
            return compares(c, cell(c.column(), layout, image));
        } else if (condition instanceof In in) {
            Object cell = cell(in.column(), layout, image);
            return cell != null
                    && in.values().stream()
                            .anyMatch(value -> same(in.column().type().kind(), cell, value));
        } else if (condition instanceof Missing missing) {
            return cell(missing.column(), layout, image) == null;
        } else if (condition instanceof StartsWith s) {
            return cell(s.column(), layout, image) instanceof String text && text.startsWith(s.prefix());
        } else if (condition instanceof Contains c) {
            Object cell = cell(c.column(), layout, image);
            return cell instanceof String text ? text.contains(c.part()) : cell instanceof Set<?> set && holds(set, c);
        } else if (condition instanceof TouchedSince t) {
            return image.userAuthor() != null && image.userTimeMicros() >= t.micros();
        } else if (condition instanceof And and) {
            return and.parts().stream().allMatch(part -> holds(part, layout, image));
        } else if (condition instanceof Or or) {
            return or.parts().stream().anyMatch(part -> holds(part, layout, image));
        } else if (condition instanceof Not not) {
            return !holds(not.part(), layout, image);
        }
        throw new AssertionError("The kit does not know the condition " + condition);
    }

    private static boolean holds(Set<?> set, Contains condition) {
        return set.stream().anyMatch(condition.part()::equals);
    }

    private static boolean compares(Comparison comparison, @Nullable Object cell) {
        if (cell == null) {
            return false;
        }
        Kind kind = comparison.column().type().kind();
        return switch (comparison.operator()) {
            case EQUAL -> same(kind, cell, comparison.value());
            case LESS -> compare(kind, cell, comparison.value()) < 0;
            case LESS_OR_EQUAL -> compare(kind, cell, comparison.value()) <= 0;
            case GREATER -> compare(kind, cell, comparison.value()) > 0;
            case GREATER_OR_EQUAL -> compare(kind, cell, comparison.value()) >= 0;
        };
    }

    private static boolean same(Kind kind, Object a, Object b) {
        return kind.isOrdered() ? compare(kind, a, b) == 0 : a.equals(b);
    }

    private static @Nullable Object cell(Column<?> column, StoreLayout layout, Image image) {
        int place = layout.ordinal(column.name());
        return place < 0 ? image.key() : image.cells()[place];
    }

    /** The order of two canonical values of a kind; missing comes first. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Kind kind, @Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return switch (kind) {
            case TEXT, ENUM -> Arrays.compare(codePoints((String) a), codePoints((String) b));
            case UUID -> Arrays.compare(codePoints(a.toString()), codePoints(b.toString()));
            case BYTES -> compareBytes(((Bytes) a).toArray(), ((Bytes) b).toArray());
            case INTEGER, DECIMAL, DOUBLE, BOOLEAN, DATE, TIMESTAMP -> ((Comparable) a).compareTo(b);
            case TEXT_SET, JSON -> throw new IllegalArgumentException("Values of kind " + kind + " have no order");
        };
    }

    private static int[] codePoints(String text) {
        return text.codePoints().toArray();
    }

    private static int compareBytes(byte[] a, byte[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int difference = (a[i] & 0xFF) - (b[i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return a.length - b.length;
    }
}
