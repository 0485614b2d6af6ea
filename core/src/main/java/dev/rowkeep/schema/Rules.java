package dev.rowkeep.schema;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that columns offer, in their one form of words. */
final class Rules {
    private Rules() {}

    static <T> Rule<T> min(Column<T> column, T least) {
        ColumnType<T> type = requireOrdered(column, "min", least);
        Object bound = type.toCanonical(least);
        return new Rule<>(
                "min",
                value -> type.compare(type.toCanonical(value), bound) >= 0,
                "is below the least allowed value " + least,
                "Give " + least + " or more.",
                Rule.Cost.BOUNDED);
    }

    static <T> Rule<T> max(Column<T> column, T most) {
        ColumnType<T> type = requireOrdered(column, "max", most);
        Object bound = type.toCanonical(most);
        return new Rule<>(
                "max",
                value -> type.compare(type.toCanonical(value), bound) <= 0,
                "is above the greatest allowed value " + most,
                "Give " + most + " or less.",
                Rule.Cost.BOUNDED);
    }

    static <T> Rule<T> length(Column<T> column, int least, int most) {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException("length(" + least + ", " + most + ") on column " + column.name()
                    + " is not possible: give 0 <= least <= most.");
        }
        Lengths.requireMeasurable(column.name(), column.type());
        return new Rule<>(
                "length",
                value -> {
                    int length = Lengths.of(value);
                    return length >= least && length <= most;
                },
                "has a length outside " + least + " to " + most,
                "Give a length from " + least + " to " + most + ".",
                Rule.Cost.BOUNDED);
    }

    static <T> Rule<T> pattern(Column<T> column, String regex) {
        if (column.type().kind() != Kind.TEXT) {
            throw new IllegalArgumentException("pattern on column " + column.name()
                    + " is not possible: it is for text columns, this one is " + column.type() + ".");
        }
        BoundedPattern pattern = BoundedPattern.compile(column.name(), regex);
        return new Rule<>(
                "pattern",
                value -> pattern.matches((String) value),
                "does not match the pattern " + regex + " (or could not be matched within the step limit)",
                "Give a text of the form " + regex + ".",
                Rule.Cost.CALLER_ONLY);
    }

    static <T> Rule<T> oneOf(Column<T> column, List<T> allowed) {
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "oneOf on column " + column.name() + " is not possible without values. Give at least one.");
        }
        ColumnType<T> type = column.type();
        // Canonical, because 1.5 and 1.50 are one value and not equal.
        Set<Object> values = allowed.stream()
                .map(value -> CellReader.constant(column, "oneOf value", value))
                .collect(Collectors.toUnmodifiableSet());
        return new Rule<>(
                "oneOf",
                value -> values.contains(type.toCanonical(value)),
                "is none of the " + Shape.count(values.size(), "allowed value"),
                "Give one of " + Names.listed(allowed) + ".",
                Rule.Cost.BOUNDED);
    }

    /** The values of a Java type that is narrower than {@code long}. */
    static Rule<Long> narrow(String javaType, long least, long most) {
        return new Rule<>(
                "range",
                value -> value >= least && value <= most,
                "is outside the range of the Java type " + javaType,
                "Give a number from " + least + " to " + most + ", or make the record's component a long.",
                Rule.Cost.BOUNDED);
    }

    private static <T> ColumnType<T> requireOrdered(Column<T> column, String rule, T bound) {
        ColumnType<T> type = column.type();
        if (!type.kind().isOrdered()) {
            throw new IllegalArgumentException(rule + " on column " + column.name()
                    + " is not possible: values of type " + type + " have no order. Use length or oneOf.");
        }
        if (bound instanceof Double number && number.isNaN()) {
            throw new IllegalArgumentException(
                    rule + "(NaN) on column " + column.name() + " is not possible. Give a number.");
        }
        return type;
    }
}
