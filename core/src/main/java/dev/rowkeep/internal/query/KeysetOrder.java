package dev.rowkeep.internal.query;

import dev.rowkeep.query.Order;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query's order over images, whose last column is the key, so that no two records tie and a place in it is given by one record's
 * values. Immutable and safe for use by several threads.
 */
public final class KeysetOrder implements Comparator<Image> {
    private static final int KEY = -1;

    private final List<Term> terms;

    /** One column of an order. */
    private record Term(int ordinal, ColumnType<?> type, Order.Direction direction) {
        @Nullable
        Object value(Image image) {
            return ordinal == KEY ? image.key() : image.cells()[ordinal];
        }

        int compare(@Nullable Object a, @Nullable Object b) {
            return direction == Order.Direction.ASCENDING ? type.compare(a, b) : type.compare(b, a);
        }
    }

    private KeysetOrder(List<Term> terms) {
        this.terms = terms;
    }

    /**
     * The order over images of {@code layout}.
     *
     * @throws IllegalArgumentException if the layout has no such column, or the key is not the last one
     */
    public static KeysetOrder of(StoreLayout layout, List<Order> orders) {
        List<Term> terms = new ArrayList<>();
        for (Order order : orders) {
            int ordinal = layout.ordinal(order.column().name());
            ColumnType<?> type = ordinal == KEY
                    ? layout.key().type()
                    : layout.columns().get(ordinal).type();
            terms.add(new Term(ordinal, type, order.direction()));
        }
        if (terms.isEmpty() || terms.get(terms.size() - 1).ordinal() != KEY) {
            throw new IllegalArgumentException("An order over store " + layout.name() + " must end with its key "
                    + layout.key().name() + ", else records can tie.");
        }
        return new KeysetOrder(List.copyOf(terms));
    }

    /** Compares two live images; missing values come first ascending, last descending. */
    @Override
    public int compare(Image a, Image b) {
        for (Term term : terms) {
            int comparison = term.compare(term.value(a), term.value(b));
            if (comparison != 0) {
                return comparison;
            }
        }
        return 0;
    }

    /** Whether a live image comes after the place that {@code values}, one per column, give. */
    public boolean isAfter(Image image, List<@Nullable Object> values) {
        for (int i = 0; i < terms.size(); i++) {
            int comparison = terms.get(i).compare(terms.get(i).value(image), values.get(i));
            if (comparison != 0) {
                return comparison > 0;
            }
        }
        return false;
    }

    /** The place of a live image: its values, one per column. */
    public List<@Nullable Object> values(Image image) {
        List<@Nullable Object> values = new ArrayList<>(terms.size());
        terms.forEach(term -> values.add(term.value(image)));
        return Collections.unmodifiableList(values);
    }

    /** The direction, if the key is the only column. */
    public Order.@Nullable Direction directionByKeyAlone() {
        return terms.size() == 1 ? terms.get(0).direction() : null;
    }

    /** The types of the columns. */
    List<ColumnType<?>> types() {
        return terms.stream().<ColumnType<?>>map(Term::type).toList();
    }
}
