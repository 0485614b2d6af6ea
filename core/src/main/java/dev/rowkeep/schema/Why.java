package dev.rowkeep.schema;

/** What was done to raw values to make them fit: the phrases of {@link CellVerdict.Coerced#why()}. */
final class Why {
    static final String PARSED = "parsed from text";
    static final String BLANKS = "surrounding blanks removed";
    static final String BLANK = "blank text read as missing";
    static final String THOUSANDS = "thousands separators removed";
    static final String ROUNDED = "rounded to the column's scale";
    static final String NEAREST = "rounded to the nearest floating point number";
    static final String WHOLE = "fraction of zero removed";
    static final String FROM_FLOATING = "read from a floating point number";
    static final String MICROSECONDS = "truncated to microseconds";
    static final String MIDNIGHT = "date read as midnight UTC";
    static final String UTC = "read as UTC";
    static final String ZONE = "zone dropped";
    static final String SPELLING = "read as a name regardless of case and separators";
    static final String YES_NO = "read as true or false";
    static final String WRITTEN = "written as text";
    static final String DUPLICATES = "duplicates removed";

    private Why() {}

    /** The phrase for a text that was read after its blanks were removed or without. */
    static String parsed(String raw, String stripped) {
        return raw.length() == stripped.length() ? PARSED : BLANKS;
    }
}
