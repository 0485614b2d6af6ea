package dev.rowkeep.schema;

/**
 * The kinds of column, each with the one Java class in which every layer passes its values around (the canonical form).
 *
 * <p>A cell holds at most 16,777,216 characters (UTF-16 units) or bytes, a set of texts also at most 100,000 elements.
 */
public enum Kind {
    /** Well-formed Unicode without U+0000, as {@link String}; ordered by code point. */
    TEXT(String.class),
    /** 64-bit whole number, as {@link Long}. */
    INTEGER(Long.class),
    /** Fixed-point number with up to 18 digits, as {@link java.math.BigDecimal} of the column's scale. */
    DECIMAL(java.math.BigDecimal.class),
    /** Finite 64-bit floating point number, as {@link Double}; -0.0 is kept as 0.0. */
    DOUBLE(Double.class),
    /** True or false, as {@link Boolean}; false comes first. */
    BOOLEAN(Boolean.class),
    /** A day from year 0000 to 9999, as {@link java.time.LocalDate}. */
    DATE(java.time.LocalDate.class),
    /** A moment from year 0000 to 9999 in whole microseconds, as {@link java.time.Instant}. */
    TIMESTAMP(java.time.Instant.class),
    /** A UUID, as {@link java.util.UUID}; ordered by its text form. */
    UUID(java.util.UUID.class),
    /** One of a closed list of names, canonically its name as {@link String}; ordered by name. */
    ENUM(String.class),
    /** Bytes, as {@link Bytes}; ordered as unsigned bytes. */
    BYTES(Bytes.class),
    /** A set of texts, as an immutable {@link java.util.SortedSet} ordered by code point. */
    TEXT_SET(java.util.SortedSet.class),
    /** A JSON value, as {@link Json}. */
    JSON(Json.class);

    private final Class<?> canonical;

    Kind(Class<?> canonical) {
        this.canonical = canonical;
    }

    /** The class of the canonical form. */
    public Class<?> canonical() {
        return canonical;
    }

    /** Whether values of this kind can be added. */
    public boolean isNumeric() {
        return this == INTEGER || this == DECIMAL || this == DOUBLE;
    }

    /** Whether values of this kind have an order that queries may use. */
    public boolean isOrdered() {
        return this != TEXT_SET && this != JSON;
    }
}
