package dev.rowkeep.internal.codec;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.InvalidJsonException;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Canonical values as bytes: a tag that says the kind, then the content. Every value has exactly one form, and its end can be
 * found without a schema. The forms are described in {@code docs/log-encoding.md}; a tag is never used for another form.
 */
final class Values {
    static final int MISSING = 0;
    static final int TEXT = 1;
    static final int INTEGER = 2;
    static final int DECIMAL = 3;
    static final int DOUBLE = 4;
    static final int FALSE = 5;
    static final int TRUE = 6;
    static final int DATE = 7;
    static final int TIMESTAMP = 8;
    static final int UUID = 9;
    static final int ENUM = 10;
    static final int BYTES = 11;
    static final int TEXT_SET = 12;
    static final int JSON = 13;

    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final Comparator<String> BY_CODE_POINT = ColumnType.TEXT::compare;

    private Values() {}

    /** Writes a record's key, whose kind shows in its class. */
    static void writeKey(ByteSink sink, Object key) {
        if (key instanceof String) {
            write(sink, Kind.TEXT, key);
        } else if (key instanceof Long) {
            write(sink, Kind.INTEGER, key);
        } else if (key instanceof UUID) {
            write(sink, Kind.UUID, key);
        } else {
            throw new IllegalArgumentException("A key is text, integer or UUID in canonical form, got a "
                    + key.getClass().getSimpleName() + ".");
        }
    }

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if it is not in canonical form
     */
    static void write(ByteSink sink, Kind kind, @Nullable Object value) {
        if (value == null) {
            sink.octet(MISSING);
            return;
        }
        switch (kind) {
            case TEXT -> writeText(sink, TEXT, (String) value);
            case INTEGER -> {
                sink.octet(INTEGER);
                sink.zigZag((Long) value);
            }
            case DECIMAL -> writeDecimal(sink, (BigDecimal) value);
            case DOUBLE -> writeDouble(sink, (Double) value);
            case BOOLEAN -> sink.octet((Boolean) value ? TRUE : FALSE);
            case DATE -> {
                sink.octet(DATE);
                sink.zigZag(((LocalDate) value).toEpochDay());
            }
            case TIMESTAMP -> writeTimestamp(sink, (Instant) value);
            case UUID -> {
                UUID uuid = (UUID) value;
                sink.octet(UUID);
                sink.int64(uuid.getMostSignificantBits());
                sink.int64(uuid.getLeastSignificantBits());
            }
            case ENUM -> writeText(sink, ENUM, (String) value);
            case BYTES -> {
                byte[] content = ((Bytes) value).toArray();
                sink.octet(BYTES);
                sink.varint(content.length);
                sink.octets(content);
            }
            case TEXT_SET -> writeTextSet(sink, (SortedSet<?>) value);
            case JSON -> writeText(sink, JSON, ((Json) value).text());
        }
    }

    private static void writeText(ByteSink sink, int tag, String text) {
        sink.octet(tag);
        sink.text(text);
    }

    private static void writeDecimal(ByteSink sink, BigDecimal value) {
        if (value.precision() > ColumnType.MAX_PRECISION
                || value.scale() < 0
                || value.scale() > ColumnType.MAX_PRECISION) {
            throw notCanonical("a decimal has more than " + ColumnType.MAX_PRECISION + " digits");
        }
        sink.octet(DECIMAL);
        sink.varint(value.scale());
        sink.zigZag(value.unscaledValue().longValueExact());
    }

    private static void writeDouble(ByteSink sink, double value) {
        if (!Double.isFinite(value)) {
            throw notCanonical("a double is not finite");
        }
        sink.octet(DOUBLE);
        // Adding 0.0 turns -0.0, which equals no canonical value, into 0.0.
        sink.int64(Double.doubleToRawLongBits(value + 0.0));
    }

    private static void writeTimestamp(ByteSink sink, Instant value) {
        if (value.getNano() % NANOS_PER_MICRO != 0) {
            throw notCanonical("a timestamp is finer than a microsecond");
        }
        sink.octet(TIMESTAMP);
        sink.zigZag(Math.addExact(
                Math.multiplyExact(value.getEpochSecond(), MICROS_PER_SECOND), value.getNano() / NANOS_PER_MICRO));
    }

    private static void writeTextSet(ByteSink sink, SortedSet<?> set) {
        sink.octet(TEXT_SET);
        sink.varint(set.size());
        for (Object element : inOrder(set)) {
            sink.text((String) element);
        }
    }

    /** Equal sets may differ in the order they iterate in; their bytes must not. */
    private static Iterable<?> inOrder(SortedSet<?> set) {
        String previous = null;
        for (Object element : set) {
            String text = (String) element;
            if (previous != null && BY_CODE_POINT.compare(previous, text) >= 0) {
                return set.stream()
                        .map(String.class::cast)
                        .sorted(BY_CODE_POINT)
                        .toList();
            }
            previous = text;
        }
        return set;
    }

    /** Reads whatever value comes next. */
    static @Nullable Object read(ByteSource source) {
        int tag = source.octet();
        return switch (tag) {
            case MISSING -> null;
            case TEXT, ENUM -> source.text();
            case INTEGER -> source.zigZag();
            case DECIMAL -> readDecimal(source);
            case DOUBLE -> readDouble(source);
            case FALSE -> false;
            case TRUE -> true;
            case DATE -> readDate(source);
            case TIMESTAMP -> readTimestamp(source.zigZag());
            case UUID -> new UUID(source.int64(), source.int64());
            case BYTES -> Bytes.of(source.octets());
            case TEXT_SET -> readTextSet(source);
            case JSON -> readJson(source);
            default -> throw source.malformed("there is no kind of value " + tag);
        };
    }

    /** Passes over whatever value comes next; of what it is, only what its end depends on is looked at. */
    static void skip(ByteSource source) {
        int tag = source.octet();
        switch (tag) {
            case MISSING, FALSE, TRUE -> {}
            case TEXT, ENUM, BYTES, JSON -> source.skip(source.count(1));
            case INTEGER, DATE, TIMESTAMP -> source.varint();
            case DECIMAL -> {
                source.scale();
                source.varint();
            }
            case DOUBLE -> source.skip(Long.BYTES);
            case UUID -> source.skip(2 * Long.BYTES);
            case TEXT_SET -> {
                for (int left = source.count(1); left > 0; left--) {
                    source.skip(source.count(1));
                }
            }
            default -> throw source.malformed("there is no kind of value " + tag);
        }
    }

    /** Reads a value of a column of {@code type}, in the canonical form that the column now has. */
    static @Nullable Object read(ByteSource source, ColumnType<?> type) {
        Object value = read(source);
        if (value == null) {
            return null;
        }
        if (!type.kind().canonical().isInstance(value)) {
            throw source.malformed("a value of a " + type + " column is of another kind");
        }
        return value instanceof BigDecimal decimal && decimal.scale() < type.scale()
                ? widened(source, decimal, type)
                : value;
    }

    /** A decimal written before its column was given more digits after the point. */
    private static BigDecimal widened(ByteSource source, BigDecimal value, ColumnType<?> type) {
        BigDecimal widened = value.setScale(type.scale());
        if (widened.precision() > ColumnType.MAX_PRECISION) {
            throw source.malformed("a decimal has too many digits for its column");
        }
        return widened;
    }

    private static BigDecimal readDecimal(ByteSource source) {
        int scale = source.scale();
        BigDecimal value = BigDecimal.valueOf(source.zigZag(), scale);
        if (value.precision() > ColumnType.MAX_PRECISION) {
            throw source.malformed("a decimal has too many digits");
        }
        return value;
    }

    private static double readDouble(ByteSource source) {
        long bits = source.int64();
        double value = Double.longBitsToDouble(bits);
        if (!Double.isFinite(value) || bits == Long.MIN_VALUE) {
            throw source.malformed("a double is not finite, or is -0.0");
        }
        return value;
    }

    private static LocalDate readDate(ByteSource source) {
        try {
            return LocalDate.ofEpochDay(source.zigZag());
        } catch (DateTimeException e) {
            throw source.malformed("a date is out of range", e);
        }
    }

    private static Instant readTimestamp(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                (long) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    private static SortedSet<String> readTextSet(ByteSource source) {
        int count = source.count(1);
        SortedSet<String> set = new TreeSet<>(BY_CODE_POINT);
        String previous = null;
        for (int i = 0; i < count; i++) {
            String element = source.text();
            if (previous != null && BY_CODE_POINT.compare(previous, element) >= 0) {
                throw source.malformed("a set's elements are not in order");
            }
            set.add(element);
            previous = element;
        }
        return Collections.unmodifiableSortedSet(set);
    }

    private static Json readJson(ByteSource source) {
        try {
            return Json.parse(source.text());
        } catch (InvalidJsonException e) {
            throw source.malformed("a text is not JSON", e);
        }
    }

    private static IllegalArgumentException notCanonical(String why) {
        return new IllegalArgumentException("Cannot log a value that is not in canonical form: " + why
                + ". Judge every value before it is committed.");
    }
}
