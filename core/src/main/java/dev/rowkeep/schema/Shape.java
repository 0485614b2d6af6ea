package dev.rowkeep.schema;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value's shape in words: what messages and logs may tell of it, as they may not tell its content. */
final class Shape {
    private Shape() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "no value";
        }
        if (value instanceof CharSequence text) {
            return "a text of " + count(text.length(), "character");
        }
        if (value instanceof Number) {
            return "a number (" + className(value) + ")";
        }
        if (value instanceof Boolean) {
            return "a truth value";
        }
        if (value instanceof Bytes bytes) {
            return count(bytes.length(), "byte");
        }
        if (value instanceof byte[] bytes) {
            return count(bytes.length, "byte");
        }
        if (value instanceof Collection<?> elements) {
            return "a collection of " + count(elements.size(), "element");
        }
        if (value instanceof Map<?, ?> entries) {
            return "a map with " + count(entries.size(), "entry", "entries");
        }
        if (value instanceof Json json) {
            return "JSON of " + count(json.text().length(), "character");
        }
        return "a value of " + className(value);
    }

    static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static String className(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        String name = type.getSimpleName();
        return name.isEmpty() ? type.getName() : name;
    }
}
