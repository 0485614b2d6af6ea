package dev.rowkeep.schema;

import dev.rowkeep.error.RowKeepException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A column's type: its {@link Kind} and what narrows it, such as a decimal's precision and scale or an enum's names.
 *
 * <p>Immutable; equal to another that accepts the same canonical values.
 *
 * @param <T> the Java type in which an application sees the values
 */
public final class ColumnType<T> {
    /** The largest number of decimal digits. */
    public static final int MAX_PRECISION = 18;

    /** Text. */
    public static final ColumnType<String> TEXT = new ColumnType<>(Kind.TEXT, String.class, 0, 0, List.of());
    /** Whole numbers of 64 bits. */
    public static final ColumnType<Long> INTEGER = new ColumnType<>(Kind.INTEGER, Long.class, 0, 0, List.of());
    /** Finite floating point numbers. */
    public static final ColumnType<Double> DOUBLE = new ColumnType<>(Kind.DOUBLE, Double.class, 0, 0, List.of());
    /** Truth values. */
    public static final ColumnType<Boolean> BOOLEAN = new ColumnType<>(Kind.BOOLEAN, Boolean.class, 0, 0, List.of());
    /** Days. */
    public static final ColumnType<LocalDate> DATE = new ColumnType<>(Kind.DATE, LocalDate.class, 0, 0, List.of());
    /** Moments. */
    public static final ColumnType<Instant> TIMESTAMP =
            new ColumnType<>(Kind.TIMESTAMP, Instant.class, 0, 0, List.of());
    /** UUIDs. */
    public static final ColumnType<java.util.UUID> UUID =
            new ColumnType<>(Kind.UUID, java.util.UUID.class, 0, 0, List.of());
    /** Byte sequences. */
    public static final ColumnType<Bytes> BYTES = new ColumnType<>(Kind.BYTES, Bytes.class, 0, 0, List.of());
    /** Sets of texts. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static final ColumnType<SortedSet<String>> TEXT_SET =
            new ColumnType<>(Kind.TEXT_SET, (Class) SortedSet.class, 0, 0, List.of());
    /** JSON values. */
    public static final ColumnType<Json> JSON = new ColumnType<>(Kind.JSON, Json.class, 0, 0, List.of());

    private final Kind kind;
    private final Class<T> javaType;
    private final int precision;
    private final int scale;
    private final List<String> names;

    private ColumnType(Kind kind, Class<T> javaType, int precision, int scale, List<String> names) {
        this.kind = kind;
        this.javaType = javaType;
        this.precision = precision;
        this.scale = scale;
        this.names = names;
    }

    /**
     * Fixed-point numbers.
     *
     * @param precision how many digits in all, 1 to {@value #MAX_PRECISION}
     * @param scale how many of them after the point, 0 to {@code precision}
     * @throws IllegalArgumentException if the numbers are out of range
     */
    public static ColumnType<BigDecimal> decimal(int precision, int scale) {
        if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(
                    "decimal(" + precision + ", " + scale + ") is not possible: precision is 1 to " + MAX_PRECISION
                            + " digits and scale 0 to precision. Use text for longer numbers.");
        }
        return new ColumnType<>(Kind.DECIMAL, BigDecimal.class, precision, scale, List.of());
    }

    /** The constants of {@code type}, stored by name. */
    public static <E extends Enum<E>> ColumnType<E> enumeration(Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        return new ColumnType<>(Kind.ENUM, type, 0, 0, names);
    }

    /**
     * A closed list of names without a Java enum, as a storage reads it back.
     *
     * @throws IllegalArgumentException if a name is there twice, or is not well-formed text
     */
    public static ColumnType<String> enumeration(List<String> names) {
        if (new HashSet<>(names).size() != names.size() || !names.stream().allMatch(Unicode::isWellFormed)) {
            throw new IllegalArgumentException("enumeration(" + names.size()
                    + " names) is not possible: a name is there twice or is not well-formed. Give each name once.");
        }
        return new ColumnType<>(Kind.ENUM, String.class, 0, 0, List.copyOf(names));
    }

    /** The kind. */
    public Kind kind() {
        return kind;
    }

    /** The Java type in which an application sees the values. */
    public Class<T> javaType() {
        return javaType;
    }

    /** A decimal's digits in all; 0 for other kinds. */
    public int precision() {
        return precision;
    }

    /** A decimal's digits after the point; 0 for other kinds. */
    public int scale() {
        return scale;
    }

    /** An enum's names; empty for other kinds. */
    public List<String> names() {
        return names;
    }

    /** The canonical form of {@code value}, which must already fit the type. */
    @SuppressWarnings("unchecked")
    public Object toCanonical(T value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return kind == Kind.TEXT_SET ? TextSet.of((Collection<String>) value) : value;
    }

    /**
     * The application's form of a canonical value.
     *
     * @throws RowKeepException if the value is the name of an enum constant that is no longer there
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public T fromCanonical(Object canonical) {
        if (kind != Kind.ENUM || javaType == String.class) {
            return (T) canonical;
        }
        try {
            return (T) Enum.valueOf((Class) javaType, (String) canonical);
        } catch (IllegalArgumentException e) {
            // Not chained: its message quotes the value.
            throw new RowKeepException("Cannot read a name as a constant of " + javaType.getSimpleName()
                    + ": the enum has no such constant (any more). Add it back, or change the records that hold it.");
        }
    }

    /**
     * Compares two canonical values in the order that queries and indexes use; null comes first.
     *
     * @throws IllegalArgumentException if the kind has no order
     */
    public int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null ? (b == null ? 0 : -1) : 1;
        }
        return CanonicalOrder.compare(kind, a, b);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof ColumnType<?> t
                        && kind == t.kind
                        && precision == t.precision
                        && scale == t.scale
                        && names.equals(t.names));
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, precision, scale, names);
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case DECIMAL -> name + "(" + precision + "," + scale + ")";
            case ENUM -> name + names;
            default -> name;
        };
    }
}
