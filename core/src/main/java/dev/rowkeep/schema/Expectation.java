package dev.rowkeep.schema;

/** What a column takes, in the words of messages. */
final class Expectation {
    private Expectation() {}

    /** What values of {@code type} are, a noun phrase. */
    static String of(ColumnType<?> type) {
        return switch (type.kind()) {
            case TEXT -> "text";
            case INTEGER -> "a whole number";
            case DECIMAL ->
                "a number with up to " + (type.precision() - type.scale()) + " digits before and " + type.scale()
                        + " after the point";
            case DOUBLE -> "a finite number";
            case BOOLEAN -> "true or false";
            case DATE -> "a date of the years 0000 to 9999";
            case TIMESTAMP -> "a moment of the years 0000 to 9999";
            case UUID -> "a UUID";
            case ENUM -> "one of " + type.names().size() + " names";
            case BYTES -> "bytes";
            case TEXT_SET -> "a set of texts";
            case JSON -> "a JSON value";
        };
    }

    /** What to give for {@code column}, one sentence. */
    static String fix(Column<?> column) {
        String format = column.format().map(it -> ", or in the format " + it).orElse("");
        return switch (column.type().kind()) {
            case TEXT -> "Give a text.";
            case INTEGER -> "Give a whole number such as 12.";
            case DECIMAL -> "Give a number such as " + (column.type().scale() == 0 ? "12." : "12.5.");
            case DOUBLE -> "Give a number such as 12.5.";
            case BOOLEAN -> "Give true or false.";
            case DATE -> "Give a date that exists such as 2026-11-24" + format + ".";
            case TIMESTAMP -> "Give a moment that exists such as 2026-11-24T10:30:00Z" + format + ".";
            case UUID -> "Give a UUID such as 123e4567-e89b-12d3-a456-426614174000.";
            case ENUM -> "Give one of " + Names.listed(column.type().names()) + ".";
            case BYTES -> "Give a byte array or Bytes; decode text first.";
            case TEXT_SET -> "Give a set of texts.";
            case JSON -> "Give a Json, a JSON document as text, or a tree of maps, lists, texts and numbers.";
        };
    }
}
