package dev.rowkeep.internal.query;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The greatest value that a column can hold and that is not above a given value. A query may well ask for what is later than a
 * moment in nanoseconds, or dearer than a third; a storage compares only values that it could hold.
 *
 * @param value the floor in canonical form; null if everything that the column can hold is above the given value
 * @param isExact whether the floor is the given value itself
 */
record CanonicalFloor(@Nullable Object value, boolean isExact) {
    private static final LocalDate FIRST_DAY = LocalDate.of(0, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final Instant FIRST_MOMENT = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final CanonicalFloor BELOW_ALL = new CanonicalFloor(null, false);

    /**
     * The floor of {@code value}.
     *
     * @throws IllegalArgumentException if the value is of another kind, not a number, or a text that no column can hold
     */
    static CanonicalFloor of(ColumnType<?> type, Object value) {
        Kind kind = type.kind();
        if (!kind.canonical().isInstance(value)) {
            throw new IllegalArgumentException(
                    "the value is a " + value.getClass().getSimpleName() + ", the column holds " + type + ". Give a "
                            + kind.canonical().getSimpleName() + ".");
        }
        return switch (kind) {
            case TEXT, ENUM -> exact(WellFormedText.require((String) value));
            case DOUBLE -> real((Double) value);
            case DECIMAL -> decimal(type, (BigDecimal) value);
            case DATE -> day((LocalDate) value);
            case TIMESTAMP -> moment((Instant) value);
            case TEXT_SET -> exact(texts((SortedSet<?>) value));
            case INTEGER, BOOLEAN, UUID, BYTES, JSON -> exact(value);
        };
    }

    private static CanonicalFloor exact(Object value) {
        return new CanonicalFloor(value, true);
    }

    private static CanonicalFloor inexact(Object value) {
        return new CanonicalFloor(value, false);
    }

    private static CanonicalFloor real(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "NaN is not a number to compare with. Use isMissing for missing values.");
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? BELOW_ALL : inexact(Double.MAX_VALUE);
        }
        return exact(value + 0.0); // which makes 0.0 of -0.0
    }

    private static CanonicalFloor decimal(ColumnType<?> type, BigDecimal value) {
        BigDecimal most = new BigDecimal(BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE), type.scale());
        if (value.compareTo(most.negate()) < 0) {
            return BELOW_ALL;
        }
        if (value.compareTo(most) > 0) {
            return inexact(most);
        }
        BigDecimal unit = BigDecimal.ONE.movePointLeft(type.scale());
        if (value.signum() != 0 && value.abs().compareTo(unit) < 0) {
            // Not by setScale, whose cost would grow with the exponent of the value.
            return inexact(value.signum() < 0 ? unit.negate() : BigDecimal.ZERO.setScale(type.scale()));
        }
        if (value.signum() == 0) {
            return exact(BigDecimal.ZERO.setScale(type.scale()));
        }
        BigDecimal floor = value.setScale(type.scale(), RoundingMode.FLOOR);
        return new CanonicalFloor(floor, floor.compareTo(value) == 0);
    }

    private static CanonicalFloor day(LocalDate value) {
        if (value.isBefore(FIRST_DAY)) {
            return BELOW_ALL;
        }
        return value.isAfter(LAST_DAY) ? inexact(LAST_DAY) : exact(value);
    }

    private static CanonicalFloor moment(Instant value) {
        if (value.isBefore(FIRST_MOMENT)) {
            return BELOW_ALL;
        }
        if (value.isAfter(LAST_MOMENT)) {
            return inexact(LAST_MOMENT);
        }
        Instant floor = value.truncatedTo(ChronoUnit.MICROS); // which rounds down before 1970 too
        return new CanonicalFloor(floor, floor.equals(value));
    }

    private static SortedSet<String> texts(SortedSet<?> values) {
        SortedSet<String> texts = new TreeSet<>(ColumnType.TEXT::compare);
        for (Object value : values) {
            if (!(value instanceof String text)) {
                throw new IllegalArgumentException("a set of texts holds only texts.");
            }
            texts.add(WellFormedText.require(text));
        }
        return Collections.unmodifiableSortedSet(texts);
    }
}
