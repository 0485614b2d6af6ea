package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.ColumnType;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The text form of places in one query's results.
 *
 * <p>In base64url without padding: a format byte; the {@link QueryFingerprint}; how many results came before, as 8 bytes; for each
 * column of the order the length of its value, as 4 bytes, -1 if missing, and its {@link CellBytes}; a CRC-32C of all that.
 */
final class CursorCodec {
    /** The longest text in characters. */
    static final int MAX_LENGTH = 65_536;

    private static final byte FORMAT = 1;
    private static final int MISSING = -1;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String store;
    private final byte[] fingerprint;
    private final List<ColumnType<?>> types;

    /**
     * A place in a query's results.
     *
     * @param passed how many results came before, the one at the place included
     * @param values that one's values, one per column of the order
     */
    record Mark(long passed, List<@Nullable Object> values) {}

    /** The codec of a query with a bound condition. */
    CursorCodec(String store, Condition where, List<Order> orders) {
        this.store = store;
        this.fingerprint = QueryFingerprint.of(store, where, orders);
        this.types = orders.stream()
                .<ColumnType<?>>map(order -> order.column().type())
                .toList();
    }

    /**
     * The cursor of {@code mark}.
     *
     * @throws IllegalStateException if the values are too long for a cursor
     */
    Cursor encode(Mark mark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(FORMAT);
        bytes.writeBytes(fingerprint);
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(mark.passed()).array());
        for (int i = 0; i < types.size(); i++) {
            Object value = mark.values().get(i);
            byte[] cell = value == null ? new byte[0] : CellBytes.encode(types.get(i), value);
            bytes.writeBytes(number(value == null ? MISSING : cell.length));
            bytes.writeBytes(cell);
        }
        bytes.writeBytes(number(checksum(bytes.toByteArray())));
        String text = ENCODER.encodeToString(bytes.toByteArray());
        if (text.length() > MAX_LENGTH) {
            throw new IllegalStateException("The place after a page of store " + store + " takes " + text.length()
                    + " characters as a cursor; at most " + MAX_LENGTH
                    + " are possible. Order by columns with shorter values, or use stream().");
        }
        return new Cursor(text);
    }

    /**
     * The mark of {@code cursor}.
     *
     * @throws IllegalArgumentException if it was damaged, or comes from another query
     */
    Mark decode(Cursor cursor) {
        byte[] bytes = bytes(cursor.text());
        int end = bytes.length - Integer.BYTES;
        if (end < 1 + fingerprint.length
                || checksum(Arrays.copyOf(bytes, end)) != ByteBuffer.wrap(bytes).getInt(end)) {
            throw damaged(null);
        }
        if (bytes[0] != FORMAT) {
            throw new IllegalArgumentException("The cursor for store " + store + " has format " + bytes[0]
                    + ", which this version cannot read. Ask for the first page again.");
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, 1, end - 1);
        byte[] origin = new byte[fingerprint.length];
        rest.get(origin);
        if (!Arrays.equals(origin, fingerprint)) {
            throw new IllegalArgumentException("The cursor is not one of this query on store " + store
                    + ": it comes from another store, condition or order. Ask for the first page of this query.");
        }
        try {
            return mark(rest);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw damaged(e);
        }
    }

    private Mark mark(ByteBuffer bytes) {
        long passed = bytes.getLong();
        List<@Nullable Object> values = new ArrayList<>(types.size());
        for (ColumnType<?> type : types) {
            values.add(value(type, bytes));
        }
        boolean hasKey = values.get(values.size() - 1) != null;
        if (passed < 1 || !hasKey || bytes.hasRemaining()) {
            throw new IllegalArgumentException("not a place");
        }
        return new Mark(passed, Collections.unmodifiableList(values));
    }

    private static @Nullable Object value(ColumnType<?> type, ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length == MISSING) {
            return null;
        }
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] cell = new byte[length];
        bytes.get(cell);
        return CellBytes.decode(type, cell);
    }

    private byte[] bytes(String text) {
        if (text.length() > MAX_LENGTH) {
            throw damaged(null);
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
        if (!ENCODER.encodeToString(bytes).equals(text)) {
            throw damaged(null); // the decoder takes padding and stray bits that no encoder makes
        }
        return bytes;
    }

    private IllegalArgumentException damaged(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The cursor for store " + store
                        + " was cut or changed on its way. Pass the text of Page.next() as it is,"
                        + " or ask for the first page again.",
                cause);
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
