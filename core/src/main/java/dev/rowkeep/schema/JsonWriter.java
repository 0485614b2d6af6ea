package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees of Java values as canonical JSON text. */
final class JsonWriter {
    private final JsonText out;

    private JsonWriter(JsonText out) {
        this.out = out;
    }

    static void append(@Nullable Object tree, JsonText out) {
        new JsonWriter(out).value(tree, 0);
    }

    private void value(@Nullable Object value, int depth) {
        boolean opens = value instanceof Map || value instanceof Collection;
        if (depth == Limits.JSON_DEPTH && opens) {
            throw JsonText.tooDeep();
        }
        if (value == null || value instanceof Boolean) {
            out.literal(String.valueOf(value));
        } else if (value instanceof String text) {
            out.string(text);
        } else if (value instanceof Number number) {
            out.number(decimal(number));
        } else if (value instanceof Json json) {
            // Read again, because its levels add to those around it.
            JsonReader.append(json.text(), out, depth);
        } else if (value instanceof Map<?, ?> entries) {
            object(entries, depth);
        } else if (value instanceof Collection<?> elements) {
            array(elements, depth);
        } else {
            throw new InvalidJsonException(
                    "the tree holds " + Shape.of(value),
                    "Give maps, collections, texts, numbers, truth values and nulls only.");
        }
    }

    private void object(Map<?, ?> entries, int depth) {
        JsonText.Members members = out.beginObject();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new InvalidJsonException(
                        "an object's key is " + Shape.of(entry.getKey()), "Give every key as a text.");
            }
            int start = out.position();
            out.key(key);
            value(entry.getValue(), depth + 1);
            out.endMember(members, key, start);
        }
        out.endObject(members);
    }

    private void array(Collection<?> elements, int depth) {
        out.beginArray();
        for (Object element : elements) {
            value(element, depth + 1);
            out.endElement();
        }
        out.endArray();
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new InvalidJsonException("a number is NaN or infinite", "Give null or a text instead.");
            }
            return new BigDecimal(number.toString());
        }
        if (number.getClass() == BigDecimal.class) {
            return (BigDecimal) number;
        }
        if (number.getClass() == BigInteger.class) {
            return new BigDecimal((BigInteger) number);
        }
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return BigDecimal.valueOf(number.longValue());
        }
        throw new InvalidJsonException(
                "the tree holds " + Shape.of(number), "Give a number of java.lang or java.math.");
    }
}
