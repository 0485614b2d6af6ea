package dev.rowkeep.internal.codec;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.StorageException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes being read in order, believing none of them: every length is checked against what is left before anything of that size
 * is made, and whatever no {@link ByteSink} writes is refused. Owned by one caller.
 */
final class ByteSource {
    static final int LONGEST_VARINT = 10;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] content;
    private final String what;
    private final String of;
    private int at;

    /** Reads {@code content}, which is called {@code what} in failures. */
    ByteSource(byte[] content, String what) {
        this(content, what, "");
    }

    /** Reads {@code content}, which is called {@code what} and {@code of} in failures, and put together for them alone. */
    ByteSource(byte[] content, String what, String of) {
        this.content = content;
        this.what = what;
        this.of = of;
    }

    int octet() {
        require(1);
        return content[at++] & 0xFF;
    }

    long int64() {
        require(Long.BYTES);
        long value = (long) LONG.get(content, at);
        at += Long.BYTES;
        return value;
    }

    /** An unsigned 64-bit number in its shortest form. */
    long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            int next = octet();
            value |= (next & 0x7FL) << (7 * i);
            if (next < 0x80) {
                boolean shortest = next != 0 || i == 0;
                boolean fits = i < LONGEST_VARINT - 1 || next == 1;
                if (!shortest || !fits) {
                    throw malformed("a number is not in its shortest form");
                }
                return value;
            }
        }
        throw malformed("a number has no end");
    }

    long zigZag() {
        long raw = varint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    /** A column's id. */
    int columnId() {
        return inRange(varint(), Integer.MAX_VALUE, "a column id");
    }

    /** How many digits a decimal has after the point. */
    int scale() {
        return inRange(varint(), ColumnType.MAX_PRECISION, "a decimal's scale");
    }

    /** How many things follow, each of which takes at least {@code leastBytes}. */
    int count(int leastBytes) {
        long count = varint();
        return inRange(count, (content.length - at) / leastBytes, "a count");
    }

    private int inRange(long value, int most, String name) {
        if (value < 0 || value > most) {
            throw malformed(name + " is out of range");
        }
        return (int) value;
    }

    byte[] octets() {
        return octets(count(1));
    }

    /** As many bytes as are asked for. */
    byte[] octets(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(content, at - length, at);
    }

    String text() {
        int length = count(1);
        String text = new String(content, at, length, StandardCharsets.UTF_8);
        // The decoder puts U+FFFD for what is malformed, so only a text that holds one needs the slow, strict check.
        if (text.indexOf('\uFFFD') >= 0) {
            requireUtf8(length);
        }
        at += length;
        return text;
    }

    /** Passes over as many bytes as are asked for. */
    void skip(int length) {
        require(length);
        at += length;
    }

    /** How many bytes were read. */
    int at() {
        return at;
    }

    /** The bytes that were read after the first {@code from}. */
    byte[] since(int from) {
        return Arrays.copyOfRange(content, from, at);
    }

    boolean isAtEnd() {
        return at == content.length;
    }

    void end() {
        if (at != content.length) {
            throw malformed("there are bytes after the end");
        }
    }

    StorageException malformed(String why) {
        return malformed(why, null);
    }

    StorageException malformed(String why, @Nullable Throwable cause) {
        return new StorageException(
                StorageException.Kind.PERMANENT,
                "Cannot read " + what + of + ": " + why + " at byte " + at + " of " + content.length
                        + ". The change log is damaged, or was written by a newer version. Verify the log to find the first"
                        + " damaged commit, and restore a backup.",
                cause);
    }

    private void require(int length) {
        if (content.length - at < length) {
            throw malformed("it is cut off");
        }
    }

    private void requireUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, at, length));
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8", e);
        }
    }
}
