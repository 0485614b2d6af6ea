package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.Operator;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a condition into the form in which storages get it: every column is one of the store, every value is one that its column
 * could hold, nested "all" and "any" are flat, and the whole is bounded in size. It holds for the same records as before. A bound
 * condition is bound to itself.
 */
final class ConditionBinding {
    /** The most comparisons and other parts of one condition. */
    static final int MAX_PARTS = 500;

    /** The most values that "in" may list. */
    static final int MAX_VALUES = 30_000;

    private static final Condition NOTHING = new Condition.Or(List.of());

    private final Schema<?, ?> schema;
    private int parts;

    private ConditionBinding(Schema<?, ?> schema) {
        this.schema = schema;
    }

    /**
     * Binds {@code condition}.
     *
     * @throws IllegalArgumentException if a column is not the store's, a value does not fit its column, or it is too large
     */
    static Condition bind(Schema<?, ?> schema, Condition condition) {
        return new ConditionBinding(schema).bind(condition);
    }

    private Condition bind(Condition condition) {
        if (++parts > MAX_PARTS) {
            throw new IllegalArgumentException("A condition on store " + schema.name() + " has more than " + MAX_PARTS
                    + " parts. Use in(…) for many values of one column, or ask in several queries.");
        }
        if (condition instanceof Comparison comparison) {
            return comparison(comparison);
        } else if (condition instanceof Condition.In in) {
            return in(in);
        } else if (condition instanceof Condition.Missing missing) {
            requireColumn(schema, missing.column());
            return missing;
        } else if (condition instanceof Condition.StartsWith startsWith) {
            requireText(startsWith.column(), startsWith.prefix(), Kind.TEXT);
            return startsWith;
        } else if (condition instanceof Condition.Contains contains) {
            requireText(contains.column(), contains.part(), Kind.TEXT, Kind.TEXT_SET);
            return contains;
        } else if (condition instanceof Condition.And and) {
            List<Condition> bound = flat(new Condition.And(bindAll(flat(and))));
            return bound.isEmpty() ? Condition.everything() : only(bound).orElseGet(() -> new Condition.And(bound));
        } else if (condition instanceof Condition.Or or) {
            List<Condition> bound = flat(new Condition.Or(bindAll(flat(or))));
            return only(bound).orElseGet(() -> new Condition.Or(bound));
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(bind(not.part()));
        }
        return condition;
    }

    private static Optional<Condition> only(List<Condition> bound) {
        return bound.size() == 1 ? Optional.of(bound.get(0)) : Optional.empty();
    }

    /** Binds each; what was an "any" of one can become an "all" by that, and the other way round. */
    private List<Condition> bindAll(List<Condition> all) {
        List<Condition> bound = new ArrayList<>(all.size());
        all.forEach(part -> bound.add(bind(part)));
        return bound;
    }

    /** The comparison with the value's floor that holds for the same cells. */
    private Condition comparison(Comparison comparison) {
        Column<?> column = comparison.column();
        Operator operator = comparison.operator();
        CanonicalFloor floor = floor(column, comparison.value());
        if (operator != Operator.EQUAL && !column.type().kind().isOrdered()) {
            throw new IllegalArgumentException(
                    "Column " + column + " of store " + schema.name() + " has no order to compare by.");
        }
        Object value = floor.value();
        boolean isAbove = operator == Operator.GREATER || operator == Operator.GREATER_OR_EQUAL;
        if (value == null) {
            return isAbove ? new Condition.Not(new Condition.Missing(column)) : NOTHING;
        }
        if (floor.isExact()) {
            return new Comparison(column, operator, value);
        }
        if (operator == Operator.EQUAL) {
            return NOTHING;
        }
        return new Comparison(column, isAbove ? Operator.GREATER : Operator.LESS_OR_EQUAL, value);
    }

    private Condition in(Condition.In in) {
        if (in.values().size() > MAX_VALUES) {
            throw new IllegalArgumentException("A condition on column " + in.column() + " of store " + schema.name()
                    + " lists " + in.values().size() + " values; at most " + MAX_VALUES + " are possible."
                    + " Ask in several queries.");
        }
        requireColumn(schema, in.column());
        List<Object> values = new ArrayList<>(in.values().size());
        for (Object each : in.values()) {
            CanonicalFloor floor = floor(in.column(), each);
            Object value = floor.value();
            if (value != null && floor.isExact()) {
                values.add(value);
            }
        }
        return new Condition.In(in.column(), values);
    }

    private CanonicalFloor floor(Column<?> column, @Nullable Object value) {
        requireColumn(schema, column);
        if (value == null) {
            throw new NullPointerException("The condition on column " + column + " of store " + schema.name()
                    + " has no value. Use isMissing for missing values.");
        }
        try {
            return CanonicalFloor.of(column.type(), value);
        } catch (IllegalArgumentException e) {
            throw notPossible(column, e);
        }
    }

    private void requireText(Column<?> column, String part, Kind... kinds) {
        requireColumn(schema, column);
        if (!List.of(kinds).contains(column.type().kind())) {
            throw new IllegalArgumentException("Column " + column + " of store " + schema.name()
                    + " cannot be asked for a part of its value. Compare the whole value.");
        }
        try {
            WellFormedText.require(part);
        } catch (IllegalArgumentException e) {
            throw notPossible(column, e);
        }
    }

    private IllegalArgumentException notPossible(Column<?> column, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "The condition on column " + column + " of store " + schema.name() + " is not possible: "
                        + cause.getMessage(),
                cause);
    }

    /**
     * Checks that {@code column} is a column of {@code schema}, the key's included.
     *
     * @throws IllegalArgumentException if it is not
     */
    static void requireColumn(Schema<?, ?> schema, Column<?> column) {
        Column<?> own = schema.column(column.name());
        if (!own.equals(column)) {
            throw new IllegalArgumentException("Column " + column.name() + " of store " + schema.name() + " is "
                    + own.type() + ", not " + column.type() + ". Take the column from the schema.");
        }
    }

    /** The parts of "all of", those of nested "all of" in their place; not by recursion, for chains may be long. */
    private static List<Condition> flat(Condition.And and) {
        List<Condition> flat = new ArrayList<>();
        Deque<Condition> open = new ArrayDeque<>(and.parts());
        for (Condition next = open.poll(); next != null; next = open.poll()) {
            if (next instanceof Condition.And inner) {
                push(open, inner.parts());
            } else if (!(next instanceof Condition.Everything)) {
                flat.add(next);
            }
        }
        return flat;
    }

    private static List<Condition> flat(Condition.Or or) {
        List<Condition> flat = new ArrayList<>();
        Deque<Condition> open = new ArrayDeque<>(or.parts());
        for (Condition next = open.poll(); next != null; next = open.poll()) {
            if (next instanceof Condition.Or inner) {
                push(open, inner.parts());
            } else {
                flat.add(next);
            }
        }
        return flat;
    }

    private static void push(Deque<Condition> open, List<Condition> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            open.push(parts.get(i));
        }
    }
}
