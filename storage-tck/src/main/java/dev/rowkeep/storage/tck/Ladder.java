package dev.rowkeep.storage.tck;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Values of one ordered type from the least to the greatest, picked where storages go wrong: at the ends, around zero, and where
 * a library's own order is another one.
 *
 * @param name the type's name in test names
 * @param type the type
 * @param values the values in canonical form, strictly ascending
 */
record Ladder(String name, ColumnType<?> type, List<Object> values) {

    /** A ladder for every ordered type. */
    static List<Ladder> all() {
        return List.of(
                texts(),
                integers(),
                decimals(18, 6),
                decimals(18, 18),
                decimals(18, 0),
                doubles(),
                booleans(),
                dates(),
                moments(),
                uuids(),
                enums(),
                bytes());
    }

    /** The column of {@link #layout}. */
    Column<?> column() {
        return Column.of("cell", type);
    }

    /** A store with text keys whose only cell is of this type. */
    StoreLayout layout(int id, LayoutIndex... indexes) {
        return Stores.layout(id, "ladder" + id, Stores.ID, List.of(column()), indexes);
    }

    /** By code point: U+FFFD comes before U+1F600, which UTF-16 orders the other way round. */
    static Ladder texts() {
        return of(
                "text",
                ColumnType.TEXT,
                "",
                "\u0001",
                "\n",
                " ",
                "!",
                "\"",
                "%",
                "'",
                "*",
                "0",
                "10",
                "9",
                "A",
                "B",
                "Z",
                "[a]",
                "\\",
                "_",
                "a",
                "a\u0001",
                "a ",
                "aa",
                "ab",
                "a\u0308",
                "b",
                "z",
                "\u00c4",
                "\u00df",
                "\u00e4",
                "\u0130",
                "\u0131",
                "\u20ac",
                "\ud7ff",
                "\ue000",
                "\ufb01",
                "\uff21",
                "\ufffd",
                "\ud83d\ude00",
                "\ud83d\ude00a",
                "\ud83d\ude01",
                "\udbff\udffd");
    }

    static Ladder integers() {
        return of(
                "integer",
                ColumnType.INTEGER,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1,
                -9_007_199_254_740_993L,
                -9_007_199_254_740_992L,
                -10L,
                -9L,
                -1L,
                0L,
                1L,
                9L,
                10L,
                9_007_199_254_740_992L,
                9_007_199_254_740_993L,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE);
    }

    /** Neighbours at all 18 digits, where a double has lost the last ones. */
    static Ladder decimals(int precision, int scale) {
        Object[] values = Stream.of(
                        "-999999999999999999",
                        "-999999999999999998",
                        "-100",
                        "-10",
                        "-9",
                        "-1",
                        "0",
                        "1",
                        "9",
                        "10",
                        "99",
                        "100",
                        "999999999999999998",
                        "999999999999999999")
                .map(digits -> new BigDecimal(new java.math.BigInteger(digits), scale))
                .toArray();
        return of("decimal(" + precision + "," + scale + ")", ColumnType.decimal(precision, scale), values);
    }

    static Ladder doubles() {
        return of(
                "double",
                ColumnType.DOUBLE,
                -Double.MAX_VALUE,
                -1e300,
                -0.1,
                -Double.MIN_NORMAL,
                -Double.MIN_VALUE,
                0.0,
                Double.MIN_VALUE,
                Math.nextUp(Double.MIN_VALUE),
                Double.MIN_NORMAL,
                0.1,
                0.30000000000000004,
                1.0,
                Math.nextUp(1.0),
                9_007_199_254_740_992.0,
                1e18,
                1e300,
                Math.nextDown(Double.MAX_VALUE),
                Double.MAX_VALUE);
    }

    static Ladder booleans() {
        return of("boolean", ColumnType.BOOLEAN, false, true);
    }

    static Ladder dates() {
        return of(
                "date",
                ColumnType.DATE,
                LocalDate.of(0, 1, 1),
                LocalDate.of(0, 2, 29),
                LocalDate.of(999, 12, 31),
                LocalDate.of(1582, 10, 10),
                LocalDate.of(1969, 12, 31),
                LocalDate.of(1970, 1, 1),
                LocalDate.of(2000, 2, 29),
                LocalDate.of(9999, 12, 31));
    }

    static Ladder moments() {
        return of(
                "timestamp",
                ColumnType.TIMESTAMP,
                Instant.parse("0000-01-01T00:00:00Z"),
                Instant.parse("0000-01-01T00:00:00.000001Z"),
                Instant.parse("0999-12-31T23:59:59.999999Z"),
                Instant.parse("1582-10-10T12:00:00Z"),
                Instant.parse("1969-12-31T23:59:59.999998Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("1970-01-01T00:00:00Z"),
                Instant.parse("1970-01-01T00:00:00.000001Z"),
                Instant.parse("2026-11-24T10:00:00Z"),
                Instant.parse("2026-11-24T10:00:00.000100Z"),
                Instant.parse("2026-11-24T10:00:00.001Z"),
                Instant.parse("2026-11-24T10:00:00.010Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"));
    }

    /** As text: {@link UUID#compareTo} takes the halves as signed numbers. */
    static Ladder uuids() {
        Object[] values = Stream.of(
                        "00000000-0000-0000-0000-000000000000",
                        "00000000-0000-0000-0000-000000000001",
                        "00000000-0000-0000-ffff-ffffffffffff",
                        "7fffffff-ffff-ffff-7fff-ffffffffffff",
                        "7fffffff-ffff-ffff-8000-000000000000",
                        "80000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff")
                .map(UUID::fromString)
                .toArray();
        return of("uuid", ColumnType.UUID, values);
    }

    /** By name, whatever the order of declaration. */
    static Ladder enums() {
        List<String> declared = List.of("LOW", "HIGH", "high", "MEDIUM", "A_1");
        return of("enum", ColumnType.enumeration(declared), "A_1", "HIGH", "LOW", "MEDIUM", "high");
    }

    static Ladder bytes() {
        return of(
                "bytes",
                ColumnType.BYTES,
                Bytes.of(),
                Bytes.of((byte) 0),
                Bytes.of((byte) 0, (byte) 0),
                Bytes.of((byte) 1),
                Bytes.of((byte) 'a'),
                Bytes.of((byte) 0x7f),
                Bytes.of((byte) 0x7f, (byte) 0xff),
                Bytes.of((byte) 0x80),
                Bytes.of((byte) 0xff),
                Bytes.of((byte) 0xff, (byte) 0));
    }

    private static Ladder of(String name, ColumnType<?> type, Object... values) {
        return new Ladder(name, type, List.of(values));
    }
}
