package dev.rowkeep.schema;

import java.util.Set;

/** Lengths of values, as the {@code length} rule counts them. */
final class Lengths {
    private Lengths() {}

    static void requireMeasurable(String name, ColumnType<?> type) {
        boolean measurable = switch (type.kind()) {
            case TEXT, BYTES, TEXT_SET, JSON -> true;
            default -> false;
        };
        if (!measurable) {
            throw new IllegalArgumentException("length on column " + name + " is not possible: values of type " + type
                    + " have no length. Use min and max, or a text column.");
        }
    }

    /** Code points of text, bytes, elements of a set, characters of JSON. */
    static int of(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof Bytes bytes) {
            return bytes.length();
        }
        if (value instanceof Set<?> elements) {
            return elements.size();
        }
        if (value instanceof Json json) {
            return json.text().length();
        }
        throw new IllegalArgumentException("No length is defined for " + Shape.of(value) + ".");
    }
}
