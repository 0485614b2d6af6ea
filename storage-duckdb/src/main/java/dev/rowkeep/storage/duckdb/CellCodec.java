package dev.rowkeep.storage.duckdb;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Canonical values, texts and bytes as bytes whose type the reader knows. Lengths come before contents. */
final class CellCodec {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private CellCodec() {}

    /** Writes a canonical value of {@code type}. */
    static void write(DataOutputStream out, ColumnType<?> type, Object value) throws IOException {
        switch (type.kind()) {
            case TEXT, ENUM -> writeText(out, (String) value);
            case JSON -> writeText(out, ((Json) value).text());
            case INTEGER -> out.writeLong((Long) value);
            case DECIMAL ->
                out.writeLong(((BigDecimal) value)
                        .setScale(type.scale())
                        .unscaledValue()
                        .longValueExact());
            case DOUBLE -> out.writeDouble((Double) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case DATE -> out.writeLong(((LocalDate) value).toEpochDay());
            case TIMESTAMP -> out.writeLong(micros((Instant) value));
            case UUID -> {
                out.writeLong(((UUID) value).getMostSignificantBits());
                out.writeLong(((UUID) value).getLeastSignificantBits());
            }
            case BYTES -> writeBytes(out, ((Bytes) value).toArray());
            case TEXT_SET -> {
                out.writeInt(((Collection<?>) value).size());
                for (Object element : (Collection<?>) value) {
                    writeText(out, (String) element);
                }
            }
        }
    }

    /** Reads a canonical value of {@code type}. */
    static Object read(DataInputStream in, ColumnType<?> type) throws IOException {
        return switch (type.kind()) {
            case TEXT, ENUM -> readText(in);
            case JSON -> Json.parse(readText(in));
            case INTEGER -> in.readLong();
            case DECIMAL -> BigDecimal.valueOf(in.readLong(), type.scale());
            case DOUBLE -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case DATE -> LocalDate.ofEpochDay(in.readLong());
            case TIMESTAMP -> Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
            case UUID -> new UUID(in.readLong(), in.readLong());
            case BYTES -> Bytes.of(readBytes(in));
            case TEXT_SET -> {
                SortedSet<String> texts = new TreeSet<>();
                for (int left = in.readInt(); left > 0; left--) {
                    texts.add(readText(in));
                }
                yield ColumnType.TEXT_SET.toCanonical(texts);
            }
        };
    }

    /** Microseconds since 1970. */
    static long micros(Instant moment) {
        return moment.getEpochSecond() * MICROS_PER_SECOND + moment.getNano() / NANOS_PER_MICRO;
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void writeOptionalText(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            writeText(out, text);
        }
    }

    static @Nullable String readOptionalText(DataInputStream in) throws IOException {
        return in.readBoolean() ? readText(in) : null;
    }

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException("a length goes beyond the end");
        }
        return in.readNBytes(length);
    }
}
