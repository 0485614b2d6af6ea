package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition compiled for one layout: the meaning that every storage's own evaluation must have. Immutable and safe for use by
 * several threads.
 *
 * <p>Two-valued: whatever is asked of a missing value is false, except whether it is missing. Values are compared by
 * {@link ColumnType#compare}; those of kinds without an order are equal or not.
 */
public final class ConditionEvaluation {
    private static final long NEVER = Long.MIN_VALUE;

    private final CellTest test;

    /** What one part of a condition says of a record. */
    @FunctionalInterface
    private interface CellTest {
        boolean holds(Object key, @Nullable Object[] cells, long touchedMicros);
    }

    private ConditionEvaluation(CellTest test) {
        this.test = test;
    }

    /**
     * Compiles {@code condition}.
     *
     * @throws IllegalArgumentException if the layout has no such column, or a column has no order to compare by
     */
    public static ConditionEvaluation of(StoreLayout layout, Condition condition) {
        return new ConditionEvaluation(compile(layout, condition));
    }

    /**
     * Whether the condition holds for a record with this key and these cells, in canonical form and layout order, that no user ever
     * touched.
     */
    public boolean test(Object key, @Nullable Object[] cells) {
        return test.holds(key, cells, NEVER);
    }

    /** Whether {@code image} is of a live record for which the condition holds. */
    public boolean test(Image image) {
        long touched = image.userAuthor() == null ? NEVER : image.userTimeMicros();
        return image.isLive() && test.holds(image.key(), image.cells(), touched);
    }

    private static CellTest compile(StoreLayout layout, Condition condition) {
        if (condition instanceof Condition.Comparison comparison) {
            return value(layout, comparison.column(), comparison(layout, comparison));
        } else if (condition instanceof Condition.In in) {
            return value(layout, in.column(), values(type(layout, in.column()), in.values())::contains);
        } else if (condition instanceof Condition.Missing missing) {
            CellTest present = value(layout, missing.column(), any -> true);
            return (key, cells, touched) -> !present.holds(key, cells, touched);
        } else if (condition instanceof Condition.StartsWith startsWith) {
            return value(layout, startsWith.column(), text -> ((String) text).startsWith(startsWith.prefix()));
        } else if (condition instanceof Condition.Contains contains) {
            return value(layout, contains.column(), contains(layout, contains));
        } else if (condition instanceof Condition.TouchedSince since) {
            return (key, cells, touched) -> touched != NEVER && touched >= since.micros();
        } else if (condition instanceof Condition.And and) {
            List<CellTest> parts = compileAll(layout, and.parts());
            return (key, cells, touched) -> parts.stream().allMatch(part -> part.holds(key, cells, touched));
        } else if (condition instanceof Condition.Or or) {
            List<CellTest> parts = compileAll(layout, or.parts());
            return (key, cells, touched) -> parts.stream().anyMatch(part -> part.holds(key, cells, touched));
        } else if (condition instanceof Condition.Not not) {
            CellTest part = compile(layout, not.part());
            return (key, cells, touched) -> !part.holds(key, cells, touched);
        }
        return (key, cells, touched) -> true;
    }

    private static List<CellTest> compileAll(StoreLayout layout, List<Condition> parts) {
        return parts.stream().map(part -> compile(layout, part)).toList();
    }

    /** The test that a column's value is there and passes {@code test}. */
    private static CellTest value(StoreLayout layout, Column<?> column, Predicate<Object> test) {
        int ordinal = layout.ordinal(column.name());
        if (ordinal < 0) {
            return (key, cells, touched) -> test.test(key);
        }
        return (key, cells, touched) -> {
            Object cell = cells[ordinal];
            return cell != null && test.test(cell);
        };
    }

    private static Predicate<Object> comparison(StoreLayout layout, Condition.Comparison comparison) {
        ColumnType<?> type = type(layout, comparison.column());
        Object value = comparison.value();
        if (!type.kind().isOrdered()) {
            if (comparison.operator() != Condition.Operator.EQUAL) {
                throw new IllegalArgumentException("Column " + comparison.column() + " of store " + layout.name()
                        + " has no order to compare by. Compare it for equality.");
            }
            return cell -> cell.equals(value);
        }
        return switch (comparison.operator()) {
            case EQUAL -> cell -> type.compare(cell, value) == 0;
            case LESS -> cell -> type.compare(cell, value) < 0;
            case LESS_OR_EQUAL -> cell -> type.compare(cell, value) <= 0;
            case GREATER -> cell -> type.compare(cell, value) > 0;
            case GREATER_OR_EQUAL -> cell -> type.compare(cell, value) >= 0;
        };
    }

    private static Set<Object> values(ColumnType<?> type, List<Object> values) {
        if (!type.kind().isOrdered()) {
            return new HashSet<>(values);
        }
        Set<Object> ordered = new TreeSet<>(type::compare);
        ordered.addAll(values);
        return ordered;
    }

    private static Predicate<Object> contains(StoreLayout layout, Condition.Contains contains) {
        if (type(layout, contains.column()).kind() == Kind.TEXT_SET) {
            return set -> ((SortedSet<?>) set).contains(contains.part());
        }
        return text -> ((String) text).contains(contains.part());
    }

    private static ColumnType<?> type(StoreLayout layout, Column<?> column) {
        int ordinal = layout.ordinal(column.name());
        return ordinal < 0 ? layout.key().type() : layout.columns().get(ordinal).type();
    }
}
