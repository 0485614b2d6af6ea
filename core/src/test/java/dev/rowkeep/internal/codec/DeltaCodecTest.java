package dev.rowkeep.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeltaCodecTest {
    private static final StoreLayout LAYOUT = Samples.layout(
            new LayoutColumn(1, "name", ColumnType.TEXT),
            new LayoutColumn(300, "count", ColumnType.INTEGER),
            new LayoutColumn(4, "tags", ColumnType.TEXT_SET));

    /** The bytes in docs/log-encoding.md. A change here is a new format version, never an edit of this test. */
    @Test
    void deltaHasTheDocumentedBytes() {
        byte[] delta = DeltaCodec.encode(LAYOUT, cells("é", null, null), cells("e", -3L, null), bits(0, 1));

        assertThat(hex(delta)).isEqualTo("11 02" + " 01 01 02 c3 a9 01 01 65" + " ac 02 00 02 05");
    }

    @Test
    void imageHasTheDocumentedBytesAndLeavesMissingCellsOut() {
        byte[] image = DeltaCodec.encodeImage(LAYOUT, cells("e", null, Samples.set("b", "a")));

        assertThat(hex(image)).isEqualTo("21 02" + " 01 01 01 65" + " 04 0c 02 01 61 01 62");
    }

    @Test
    void everyKindHasTheDocumentedBytes() {
        Object[] cells = {
            "a",
            64L,
            new BigDecimal("1.2500"),
            1.0,
            true,
            LocalDate.of(1970, 1, 2),
            Instant.ofEpochSecond(0, 1_000),
            new UUID(1, 2),
            "NEW",
            Bytes.of((byte) 9),
            Samples.set("a"),
            Json.parse("{}")
        };

        assertThat(hex(DeltaCodec.encodeImage(Samples.EVERY_KIND, cells)))
                .isEqualTo("21 0c"
                        + " 01 01 01 61"
                        + " 02 02 80 01"
                        + " 03 03 04 a8 c3 01"
                        + " 04 04 3f f0 00 00 00 00 00 00"
                        + " 05 06"
                        + " 06 07 02"
                        + " 07 08 02"
                        + " 08 09 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 02"
                        + " 09 0a 03 4e 45 57"
                        + " 0a 0b 01 09"
                        + " 0b 0c 01 01 61"
                        + " 0c 0d 02 7b 7d");
    }

    @Test
    void noArrayIsAllCellsMissing() {
        byte[] insert = DeltaCodec.encode(LAYOUT, null, cells("a", 1L, null), bits(0, 2));

        assertThat(DeltaCodec.decode(LAYOUT, insert))
                .containsExactly(new CellDelta(0, null, "a"), new CellDelta(2, null, null));
    }

    @Test
    void cellsAreFoundByColumnIdAfterTheColumnsMoved() {
        StoreLayout moved = Samples.layout(
                new LayoutColumn(9, "fresh", ColumnType.DATE),
                new LayoutColumn(4, "tags", ColumnType.TEXT_SET),
                new LayoutColumn(1, "name", ColumnType.TEXT));
        byte[] delta = DeltaCodec.encode(LAYOUT, cells("a", 1L, null), cells("b", 2L, Samples.set("x")), bits(0, 1, 2));

        assertThat(DeltaCodec.decode(moved, delta))
                .containsExactly(new CellDelta(2, "a", "b"), new CellDelta(1, null, Samples.set("x")));
        assertThat(DeltaCodec.decodeImage(moved, DeltaCodec.encodeImage(LAYOUT, cells("b", 2L, null))))
                .containsExactly(null, null, "b");
    }

    @Test
    void decimalIsReadInTheFormThatItsColumnNowHas() {
        StoreLayout before = Samples.layout(new LayoutColumn(1, "price", ColumnType.decimal(10, 2)));
        StoreLayout after = Samples.layout(new LayoutColumn(1, "price", ColumnType.decimal(12, 4)));

        byte[] image = DeltaCodec.encodeImage(before, cells(new BigDecimal("1.25")));

        assertThat(DeltaCodec.decodeImage(after, image)).containsExactly(new BigDecimal("1.2500"));
    }

    @Test
    void decimalThatGetsTooManyDigitsInTheFormOfItsColumnIsRefused() {
        StoreLayout before = Samples.layout(new LayoutColumn(1, "price", ColumnType.decimal(18, 0)));
        StoreLayout after = Samples.layout(new LayoutColumn(1, "price", ColumnType.decimal(18, 2)));

        byte[] image = DeltaCodec.encodeImage(before, cells(new BigDecimal("123456789012345678")));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> DeltaCodec.decodeImage(after, image))
                .withMessageContaining("too many digits for its column");
    }

    @Test
    void equalSetsHaveEqualBytesWhateverTheirOrder() {
        TreeSet<String> byUtf16Unit = new TreeSet<>(List.of("\uFFFD", "😀"));

        assertThat(DeltaCodec.encodeImage(LAYOUT, cells(null, null, byUtf16Unit)))
                .isEqualTo(DeltaCodec.encodeImage(LAYOUT, cells(null, null, Samples.set(byUtf16Unit))));
    }

    @Test
    void setsAreReadBackOrderedByCodePointAndImmutable() {
        byte[] image = DeltaCodec.encodeImage(LAYOUT, cells(null, null, Samples.set("😀", "\uFFFD", "a")));

        @SuppressWarnings("unchecked")
        java.util.SortedSet<String> read = (java.util.SortedSet<String>) DeltaCodec.decodeImage(LAYOUT, image)[2];

        assertThat(read).containsExactly("a", "\uFFFD", "😀").isUnmodifiable();
    }

    @Test
    void whatIsNotCanonicalIsNeverWritten() {
        StoreLayout layout = Samples.EVERY_KIND;
        for (Object[] cells : List.of(
                cells("half \uD83D a pair"),
                cells(null, null, new BigDecimal("1234567890123456789")),
                cells(null, null, null, Double.NaN),
                cells(null, null, null, null, null, null, Instant.ofEpochSecond(0, 1)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DeltaCodec.encodeImage(layout, cells))
                    .withMessageContaining("Judge every");
        }
    }

    @Test
    void negativeZeroIsWrittenAsZero() {
        Object[] cells = cells(null, null, null, -0.0);

        assertThat(DeltaCodec.decodeImage(Samples.EVERY_KIND, DeltaCodec.encodeImage(Samples.EVERY_KIND, cells))[3])
                .isEqualTo(0.0);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', it is cut off at byte 0 of 0",
        "21 00, 'its format is 33, not 17 or 18, at byte 1 of 2'",
        "11, it is cut off at byte 1 of 1",
        "11 00 00, there are bytes after the end at byte 2 of 3",
        "11 01 01 00, a count is out of range at byte 2 of 4",
        "11 ff ff ff ff 0f, a count is out of range at byte 6 of 6",
        "11 80 00, a number is not in its shortest form at byte 3 of 3",
        "11 ff ff ff ff ff ff ff ff ff 7f, a number is not in its shortest form at byte 11 of 11",
        "11 80 80 80 80 80 80 80 80 80 80 01, a number has no end at byte 11 of 12",
        "11 01 01 63 00, there is no kind of value 99 at byte 4 of 5",
        "11 01 01 02 04 00, a value of a text column is of another kind at byte 5 of 6",
        "11 01 01 01 7f 61, a count is out of range at byte 5 of 6",
        "11 01 01 01 01 ff 00, a text is not UTF-8 at byte 5 of 7",
        "11 01 01 01 02 c0 80 00, a text is not UTF-8 at byte 5 of 8",
        "11 01 04 0c 02 01 62 01 61 00, a set's elements are not in order at byte 9 of 10",
        "11 01 04 0c 02 01 61 01 61 00, a set's elements are not in order at byte 9 of 10",
        "11 01 04 0c ff ff ff ff 07 00, a count is out of range at byte 9 of 10",
        "11 02 01 00 00 01 00 00, a cell comes twice at byte 6 of 8",
        "11 01 80 80 80 80 08 00 00, a column id is out of range at byte 7 of 9"
    })
    void malformedDeltaIsRefusedWithItsOffset(String hex, String why) {
        byte[] delta = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> DeltaCodec.decode(LAYOUT, delta))
                .withMessageStartingWith("Cannot read a delta of store things: " + why)
                .satisfies(it -> assertThat(it.kind()).isEqualTo(StorageException.Kind.PERMANENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "03 13 00", // a scale of 19
                "03 00 80 80 a0 f6 f4 ac db e0 1b", // 19 digits
                "04 7f f0 00 00 00 00 00 00", // infinite
                "04 80 00 00 00 00 00 00 00", // -0.0
                "07 ff ff ff ff ff ff ff ff 7f", // a day that no calendar has
                "0d 00", // no JSON
                "0b 02 00" // two bytes, of which one is there
            })
    void malformedValueIsRefusedEvenInAColumnThatIsUnknown(String hex) {
        byte[] image = HexFormat.of().parseHex(("21 01 7f " + hex).replace(" ", ""));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> DeltaCodec.decodeImage(LAYOUT, image))
                .withMessageContaining(" at byte ");
    }

    @Test
    void largeContentIsReadBackAndLeavesNoTrace() {
        String large = "x€".repeat(200_000);
        Object[] cells = cells(large, 1L, null);

        assertThat(DeltaCodec.decodeImage(LAYOUT, DeltaCodec.encodeImage(LAYOUT, cells)))
                .containsExactly(cells);
        assertThat(hex(DeltaCodec.encodeImage(LAYOUT, cells("e", null, null)))).isEqualTo("21 01 01 01 01 65");
    }

    private static Object[] cells(Object... cells) {
        Object[] all = new Object[Math.max(cells.length, LAYOUT.columns().size())];
        System.arraycopy(cells, 0, all, 0, cells.length);
        return all;
    }

    private static BitSet bits(int... places) {
        BitSet bits = new BitSet();
        for (int place : places) {
            bits.set(place);
        }
        return bits;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
