package dev.rowkeep.schema;

/**
 * How far a raw value may be bent to become a column's value. Each bending is reported as {@link CellVerdict.Coerced}; a Java type
 * that holds the very same value, such as an {@code Integer} for a whole number, is no bending.
 */
public enum Coercion {
    /** Not at all: the value must already have the column's Java type. */
    OFF,
    /**
     * Lossless and unambiguous: numbers of any Java type that the column can hold exactly, text in the type's standard notation
     * ({@code 12}, {@code 1.5e3}, {@code true}, {@code 2026-11-24}, {@code 2026-11-24T10:30:00Z}), text in the column's own
     * format, an enum constant's name, JSON documents. Moments are truncated to microseconds. The default.
     */
    STRICT,
    /**
     * What a person would read it as: also surrounding blanks, thousands separators ({@code 1,234}), {@code yes}/{@code no} and
     * {@code 1}/{@code 0}, names in any case and with blanks or hyphens for underscores, numbers and dates where text is expected,
     * moments without a zone as UTC, dates as midnight UTC, numbers rounded half-even to the column's scale. Blank text is a
     * missing value.
     */
    LENIENT
}
