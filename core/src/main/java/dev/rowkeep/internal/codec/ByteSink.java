package dev.rowkeep.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A growing buffer of bytes: one per thread and empty whenever it is taken, owned by the thread that took it until that thread takes it
 * again; or one of its owner's own.
 */
final class ByteSink {
    private static final int FIRST_CAPACITY = 512;

    /** A buffer that grew beyond this is given back, so that one large record does not stay with every thread. */
    private static final int KEPT_CAPACITY = 64 * 1024;

    /** The longest text whose UTF-8 length surely fits the one byte of a short varint. */
    private static final int SHORT_TEXT = 0x7F / 3;

    private static final ThreadLocal<ByteSink> OF_THREAD = ThreadLocal.withInitial(ByteSink::new);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int size;

    private ByteSink() {}

    /** A buffer that is nobody else's. */
    static ByteSink own() {
        return new ByteSink();
    }

    static ByteSink ofThread() {
        ByteSink sink = OF_THREAD.get();
        sink.clear();
        return sink;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    int size() {
        return size;
    }

    void feed(MessageDigest digest) {
        digest.update(buffer, 0, size);
    }

    /** Empties the buffer, giving back memory that an unusually large content took. */
    void clear() {
        size = 0;
        if (buffer.length > KEPT_CAPACITY) {
            buffer = new byte[FIRST_CAPACITY];
        }
    }

    void octet(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
    }

    void int32(int value) {
        reserve(Integer.BYTES);
        INT.set(buffer, size, value);
        size += Integer.BYTES;
    }

    void int64(long value) {
        reserve(Long.BYTES);
        LONG.set(buffer, size, value);
        size += Long.BYTES;
    }

    void varint(long value) {
        reserve(ByteSource.LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void zigZag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    void octets(byte[] content) {
        reserve(content.length);
        System.arraycopy(content, 0, buffer, size, content.length);
        size += content.length;
    }

    /**
     * The text's UTF-8 bytes, their count before them.
     *
     * @throws IllegalArgumentException if the text is not well-formed
     */
    void text(String text) {
        if (text.length() <= SHORT_TEXT) {
            reserve(1 + 3 * text.length());
            int prefix = size++;
            utf8(text);
            buffer[prefix] = (byte) (size - prefix - 1);
        } else {
            int length = utf8Length(text);
            varint(length);
            reserve(length);
            utf8(text);
        }
    }

    private void utf8(String text) {
        byte[] to = buffer;
        int at = size;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | (c >> 6));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isSurrogate(c)) {
                int codePoint = pair(text, i++);
                to[at++] = (byte) (0xF0 | (codePoint >> 18));
                to[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
                to[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (codePoint & 0x3F));
            } else {
                to[at++] = (byte) (0xE0 | (c >> 12));
                to[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        size = at;
    }

    private static int utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                pair(text, i++);
                length += 4;
            } else {
                length += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return Math.toIntExact(length);
    }

    private static int pair(String text, int index) {
        char high = text.charAt(index);
        if (Character.isHighSurrogate(high) && index + 1 < text.length()) {
            char low = text.charAt(index + 1);
            if (Character.isLowSurrogate(low)) {
                return Character.toCodePoint(high, low);
            }
        }
        throw new IllegalArgumentException(
                "A text of " + text.length() + " characters has half a surrogate pair at index " + index
                        + " and cannot be logged. Judge every text before it is committed.");
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
        }
    }
}
