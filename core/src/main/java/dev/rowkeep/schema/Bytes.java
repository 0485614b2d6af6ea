package dev.rowkeep.schema;

import java.util.Arrays;

/** An immutable sequence of bytes, equal to another with the same bytes. */
public final class Bytes {
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code content}. */
    public static Bytes of(byte... content) {
        return new Bytes(content.clone());
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return content.clone();
    }

    /** How many bytes. */
    public int length() {
        return content.length;
    }

    int compareUnsigned(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(content, b.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Tells the length, never the content. */
    @Override
    public String toString() {
        return "Bytes[" + content.length + "]";
    }
}
