package dev.rowkeep.schema;

import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value, kept as canonical text: without white space, object keys in code point order, numbers without
 * superfluous digits ({@code 1.0} and {@code 1e0} are {@code 1}). Values are equal when they have the same content.
 *
 * <p>Refused are an object with a key twice, {@code NaN} and infinite numbers, numbers of more than 1000 digits or of a magnitude
 * outside 1e-307 to 1e308, more than 200 levels, more than 16,777,216 characters, lone surrogates and U+0000.
 */
public final class Json {
    private final String text;

    private Json(String text) {
        this.text = text;
    }

    /**
     * The value of a JSON document (RFC 8259).
     *
     * @throws InvalidJsonException if the text is not one JSON value, or one that is refused
     */
    public static Json parse(String document) {
        JsonText canonical = new JsonText();
        JsonReader.append(document, canonical, 0);
        return new Json(canonical.toString());
    }

    /**
     * The value of a tree of {@link java.util.Map}s with text keys, {@link java.util.Collection}s, {@link String}s,
     * {@link Number}s, {@link Boolean}s, {@code Json}s and nulls.
     *
     * @throws InvalidJsonException if the tree holds something else or a value that is refused, or contains itself
     */
    public static Json ofTree(@Nullable Object tree) {
        if (tree instanceof Json json) {
            return json;
        }
        JsonText canonical = new JsonText();
        JsonWriter.append(tree, canonical);
        return new Json(canonical.toString());
    }

    /** The canonical text. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json json && text.equals(json.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Tells the length, never the content; that is {@link #text()}. */
    @Override
    public String toString() {
        return "Json[" + text.length() + "]";
    }
}
