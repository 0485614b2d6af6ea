package dev.rowkeep.internal.query;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.UUID;

/** The bytes of one canonical value in a cursor; equal values have equal bytes, in every run of every version. */
final class CellBytes {
    private static final int MICROS_PER_SECOND = 1_000_000;

    private CellBytes() {}

    /** The bytes of {@code value}. */
    static byte[] encode(ColumnType<?> type, Object value) {
        return switch (type.kind()) {
            case TEXT, ENUM -> utf8((String) value);
            case INTEGER -> number((Long) value);
            case DECIMAL -> number(((BigDecimal) value).unscaledValue().longValueExact());
            case DOUBLE -> number(Double.doubleToLongBits((Double) value));
            case BOOLEAN -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
            case DATE -> number(((LocalDate) value).toEpochDay());
            case TIMESTAMP -> number(micros((Instant) value));
            case UUID -> uuid((UUID) value);
            case BYTES -> ((Bytes) value).toArray();
            case TEXT_SET -> texts((SortedSet<?>) value);
            case JSON -> utf8(((Json) value).text());
        };
    }

    /**
     * The value whose bytes are {@code bytes}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Object decode(ColumnType<?> type, byte[] bytes) {
        Object value = switch (type.kind()) {
            case TEXT, ENUM -> text(bytes);
            case INTEGER -> number(bytes, 0, Long.BYTES);
            case DECIMAL -> BigDecimal.valueOf(number(bytes, 0, Long.BYTES), type.scale());
            case DOUBLE -> Double.longBitsToDouble(number(bytes, 0, Long.BYTES));
            case BOOLEAN -> bool(bytes);
            case DATE -> day(number(bytes, 0, Long.BYTES));
            case TIMESTAMP -> moment(number(bytes, 0, Long.BYTES));
            case UUID -> new UUID(number(bytes, 0, 2 * Long.BYTES), number(bytes, Long.BYTES, 2 * Long.BYTES));
            case BYTES -> Bytes.of(bytes);
            case TEXT_SET, JSON -> throw new IllegalArgumentException("no order");
        };
        CanonicalFloor floor = CanonicalFloor.of(type, value);
        if (!floor.isExact() || !value.equals(floor.value())) {
            throw new IllegalArgumentException("not canonical");
        }
        return value;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * MICROS_PER_SECOND + moment.getNano() / 1_000;
    }

    private static byte[] uuid(UUID uuid) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private static byte[] texts(SortedSet<?> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object text : texts) {
            byte[] utf8 = utf8((String) text);
            bytes.writeBytes(number(utf8.length));
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    private static long number(byte[] bytes, int from, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException("length " + bytes.length + " instead of " + length);
        }
        return ByteBuffer.wrap(bytes).getLong(from);
    }

    private static boolean bool(byte[] bytes) {
        if (bytes.length != 1 || bytes[0] < 0 || bytes[0] > 1) {
            throw new IllegalArgumentException("not a truth value");
        }
        return bytes[0] == 1;
    }

    private static LocalDate day(long epochDay) {
        if (epochDay < LocalDate.MIN.toEpochDay() || epochDay > LocalDate.MAX.toEpochDay()) {
            throw new IllegalArgumentException("not a day");
        }
        return LocalDate.ofEpochDay(epochDay);
    }

    private static Instant moment(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000L);
    }
}
