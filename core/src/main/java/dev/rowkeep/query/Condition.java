package dev.rowkeep.query;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A condition on a record, for queries. Two-valued: a comparison with a missing value is false, and {@link #not()} of it is
 * true.
 *
 * <p>The key's column may be used like any other. Values are held in canonical form.
 */
public sealed interface Condition {

    /** How a cell is compared with a value. */
    enum Operator {
        /** Equal. */
        EQUAL,
        /** Less. */
        LESS,
        /** Less or equal. */
        LESS_OR_EQUAL,
        /** Greater. */
        GREATER,
        /** Greater or equal. */
        GREATER_OR_EQUAL
    }

    /** True of every record. */
    record Everything() implements Condition {}

    /**
     * A cell compared with a value.
     *
     * @param column the cell's column
     * @param operator how
     * @param value the value, in canonical form
     */
    record Comparison(Column<?> column, Operator operator, Object value) implements Condition {}

    /**
     * A cell is one of some values.
     *
     * @param column the cell's column
     * @param values the values, in canonical form
     */
    record In(Column<?> column, List<Object> values) implements Condition {
        /** Copies the values. */
        public In {
            values = List.copyOf(values);
        }
    }

    /**
     * A cell has no value.
     *
     * @param column the cell's column
     */
    record Missing(Column<?> column) implements Condition {}

    /**
     * A text begins with another, to the letter.
     *
     * @param column the text's column
     * @param prefix the beginning
     */
    record StartsWith(Column<?> column, String prefix) implements Condition {}

    /**
     * A text contains another, to the letter; a set of texts contains an element.
     *
     * @param column the column
     * @param part the part or the element
     */
    record Contains(Column<?> column, String part) implements Condition {}

    /**
     * A user touched the record at a time or later.
     *
     * @param micros the time, in microseconds since 1970
     */
    record TouchedSince(long micros) implements Condition {}

    /**
     * All hold.
     *
     * @param parts which
     */
    record And(List<Condition> parts) implements Condition {
        /** Copies the parts. */
        public And {
            parts = List.copyOf(parts);
        }
    }

    /**
     * At least one holds.
     *
     * @param parts which
     */
    record Or(List<Condition> parts) implements Condition {
        /** Copies the parts. */
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The other does not hold.
     *
     * @param part which
     */
    record Not(Condition part) implements Condition {}

    /** True of every record. */
    static Condition everything() {
        return new Everything();
    }

    /** The cell equals {@code value}; for a missing cell use {@link #isMissing}. */
    static <C> Condition eq(Column<C> column, C value) {
        return new Comparison(column, Operator.EQUAL, column.type().toCanonical(value));
    }

    /** The cell is less than {@code value}. */
    static <C> Condition less(Column<C> column, C value) {
        return ordered(column, Operator.LESS, value);
    }

    /** The cell is {@code value} or less. */
    static <C> Condition atMost(Column<C> column, C value) {
        return ordered(column, Operator.LESS_OR_EQUAL, value);
    }

    /** The cell is greater than {@code value}. */
    static <C> Condition greater(Column<C> column, C value) {
        return ordered(column, Operator.GREATER, value);
    }

    /** The cell is {@code value} or greater. */
    static <C> Condition atLeast(Column<C> column, C value) {
        return ordered(column, Operator.GREATER_OR_EQUAL, value);
    }

    /** The cell is from {@code least} to {@code most}, both included. */
    static <C> Condition between(Column<C> column, C least, C most) {
        return atLeast(column, least).and(atMost(column, most));
    }

    /** The cell is one of {@code values}. */
    static <C> Condition in(Column<C> column, Collection<? extends C> values) {
        return new In(
                column,
                values.stream().<Object>map(v -> column.type().toCanonical(v)).toList());
    }

    /** The cell has no value. */
    static Condition isMissing(Column<?> column) {
        return new Missing(column);
    }

    /**
     * The text begins with {@code prefix}, to the letter.
     *
     * @throws IllegalArgumentException if the column is not text
     */
    static Condition startsWith(Column<String> column, String prefix) {
        if (column.type().kind() != Kind.TEXT) {
            throw new IllegalArgumentException("startsWith is for text columns; " + column + " is none.");
        }
        return new StartsWith(column, prefix);
    }

    /**
     * The text contains {@code part}, to the letter, or the set of texts contains the element {@code part}.
     *
     * @throws IllegalArgumentException if the column is neither text nor a set of texts
     */
    static Condition contains(Column<?> column, String part) {
        if (column.type().kind() != Kind.TEXT && column.type().kind() != Kind.TEXT_SET) {
            throw new IllegalArgumentException(
                    "contains is for columns of text and sets of text; " + column + " is neither.");
        }
        return new Contains(column, part);
    }

    /**
     * A user touched the record at {@code time} or later, whoever wrote it since; false if no user ever did. Jobs leave such records
     * out by its {@link #not()}, and are sure by a guard of the edit. Finer parts than microseconds are
     * rounded up.
     */
    static Condition touchedByUserSince(Instant time) {
        Instant whole = time.truncatedTo(ChronoUnit.MICROS);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, whole);
        return new TouchedSince(whole.equals(time) ? micros : micros + 1);
    }

    /** Both hold. */
    default Condition and(Condition other) {
        return new And(List.of(this, other));
    }

    /** At least one holds. */
    default Condition or(Condition other) {
        return new Or(List.of(this, other));
    }

    /** This does not hold. */
    default Condition not() {
        return new Not(this);
    }

    /** All of {@code conditions} hold. */
    static Condition all(Condition... conditions) {
        return new And(Arrays.asList(conditions));
    }

    private static <C> Condition ordered(Column<C> column, Operator operator, C value) {
        if (!column.type().kind().isOrdered()) {
            throw new IllegalArgumentException("Column " + column + " has no order to compare by.");
        }
        return new Comparison(column, operator, column.type().toCanonical(value));
    }
}
