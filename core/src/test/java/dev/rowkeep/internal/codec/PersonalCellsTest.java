package dev.rowkeep.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersonalCellsTest {
    private static final int COLUMNS = Samples.EVERY_KIND.columns().size();
    private static final String SECRET = "Zebulon Pike";
    private static final StoreLayout LAYOUT = Samples.layout(
            new LayoutColumn(1, "name", ColumnType.TEXT, Sensitivity.PERSONAL),
            new LayoutColumn(300, "uses", ColumnType.INTEGER));
    private static final String SALT = " 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f";
    private static final String DIGEST = SALT + " 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f";

    /** The columns of every kind, those of {@code personal} being so. */
    private static StoreLayout layout(BitSet personal) {
        List<LayoutColumn> columns = new ArrayList<>();
        for (LayoutColumn column : Samples.EVERY_KIND.columns()) {
            Sensitivity sensitivity = personal.get(columns.size()) ? Sensitivity.PERSONAL : Sensitivity.ORDINARY;
            columns.add(new LayoutColumn(column.id(), column.name(), column.type(), sensitivity));
        }
        return Samples.layout(columns);
    }

    private static LoggedChange change(StoreLayout layout, Object[] before, Object[] after, BitSet changed) {
        return new LoggedChange(
                layout.id(),
                "k",
                64,
                ChangeKind.UPDATE,
                9L << 20,
                8L << 20,
                DeltaCodec.encode(layout, before, after, changed),
                DeltaCodec.encodeImage(layout, after));
    }

    private static LoggedChange ofDelta(byte[] delta) {
        return new LoggedChange(7, "k", 2, ChangeKind.UPDATE, 9L << 20, 8L << 20, delta, null);
    }

    private static String hash(LoggedChange change) {
        LoggedHeader header = new LoggedHeader(9, 1_000, Author.user("ana"), null, null);
        return HexFormat.of().formatHex(HashChain.next(HashChain.start(), header, List.of(change)));
    }

    private static byte[] delta(String before, String after) {
        BitSet changed = new BitSet();
        changed.set(0, 2);
        return DeltaCodec.encode(LAYOUT, new Object[] {before, 1L}, new Object[] {after, 2L}, changed);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Property(tries = 300)
    void theHashIsTheSameBeforeAndAfterErasing(
            @ForAll("bits") BitSet personal,
            @ForAll("bits") BitSet changed,
            @ForAll("cells") Object[] before,
            @ForAll("cells") Object[] after) {
        LoggedChange change = change(layout(personal), before, after, changed);
        LoggedChange sealed = PersonalCells.sealed(change);

        assertThat(hash(sealed)).isEqualTo(hash(change));
        assertThat(PersonalCells.sealed(sealed.delta())).isEqualTo(sealed.delta());
        assertThat(PersonalCells.sealed(sealed.image())).isEqualTo(sealed.image());
    }

    @Property(tries = 300)
    void whatIsNotPersonalIsReadAsBefore(
            @ForAll("bits") BitSet personal,
            @ForAll("bits") BitSet changed,
            @ForAll("cells") Object[] before,
            @ForAll("cells") Object[] after) {
        StoreLayout layout = layout(personal);
        LoggedChange change = change(layout, before, after, changed);
        LoggedChange sealed = PersonalCells.sealed(change);
        BitSet erased = new BitSet();

        List<CellDelta> cells = DeltaCodec.decode(layout, sealed.delta());
        Object[] image = DeltaCodec.decodeImage(layout, sealed.image(), erased);

        assertThat(DeltaCodec.decode(layout, change.delta()))
                .hasSameSizeAs(cells)
                .noneMatch(CellDelta::isErased);
        assertThat(DeltaCodec.decodeImage(layout, change.image())).isEqualTo(after);
        assertThat(cells).allSatisfy(cell -> {
            int i = cell.ordinal();
            assertThat(cell).isEqualTo(personal.get(i) ? CellDelta.erased(i) : new CellDelta(i, before[i], after[i]));
        });
        Object untold = new Object();
        Object[] told = new Object[COLUMNS];
        Arrays.fill(told, untold);
        assertThat(DeltaCodec.tellBefore(layout, sealed.delta(), told, untold)).isEqualTo(changed.cardinality());
        assertThat(cells).allSatisfy(cell -> assertThat(told[cell.ordinal()]).isEqualTo(cell.before()));
        for (int i = 0; i < COLUMNS; i++) {
            assertThat(image[i]).isEqualTo(personal.get(i) ? null : after[i]);
            assertThat(erased.get(i)).isEqualTo(personal.get(i) && after[i] != null);
        }
    }

    @Property(tries = 40)
    void whateverBitIsFlippedChangesTheHashOrIsRefused(
            @ForAll("bits") BitSet personal, @ForAll("cells") Object[] before, @ForAll("cells") Object[] after) {
        personal.set(0);
        BitSet all = new BitSet();
        all.set(0, COLUMNS);
        byte[] delta = DeltaCodec.encode(layout(personal), before, after, all);
        for (byte[] content : List.of(delta, PersonalCells.sealed(delta))) {
            String hash = hash(ofDelta(content));
            for (int i = 0; i < content.length; i++) {
                byte[] flipped = content.clone();
                flipped[i] ^= (byte) (1 << i % 8);
                try {
                    assertThat(hash(ofDelta(flipped))).as("byte %d", i).isNotEqualTo(hash);
                } catch (StorageException e) {
                    assertThat(e.kind()).isEqualTo(StorageException.Kind.PERMANENT);
                }
            }
        }
    }

    @Provide
    Arbitrary<BitSet> bits() {
        return Arbitraries.integers().between(0, (1 << COLUMNS) - 1).map(bits -> BitSet.valueOf(new long[] {bits}));
    }

    @Provide
    Arbitrary<Object[]> cells() {
        return Samples.cells();
    }

    @Test
    void sealedBytesHoldNothingOfTheValues() {
        byte[] delta = delta(SECRET, SECRET + " Jr.");
        byte[] image = DeltaCodec.encodeImage(LAYOUT, new Object[] {SECRET, 2L});

        assertThat(text(delta)).contains(SECRET);
        assertThat(text(image)).contains(SECRET);
        assertThat(text(PersonalCells.sealed(delta))).doesNotContain("Zeb", "Pike", "Jr.");
        assertThat(text(PersonalCells.sealed(image))).doesNotContain("Zeb", "Pike");
        assertThat(PersonalCells.sealed(delta)).hasSize(2 + 2 + 32 + 3 + 4);
    }

    @Test
    void aChangeLosesTheValuesOfItsDeltaAndItsImageAndKeepsItsHash() {
        BitSet both = new BitSet();
        both.set(0, 2);
        LoggedChange change = change(LAYOUT, new Object[] {SECRET, 1L}, new Object[] {SECRET + " Jr.", 2L}, both);

        LoggedChange sealed = PersonalCells.sealed(change);

        assertThat(text(sealed.delta()) + text(sealed.image())).doesNotContain("Zeb", "Pike");
        assertThat(hash(sealed)).isEqualTo(hash(change));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** Else who has the digest could try what the value was. */
    @Test
    void equalValuesHaveSaltsOfTheirOwn() {
        byte[] one = delta(SECRET, null);
        byte[] other = delta(SECRET, null);

        assertThat(one).hasSameSizeAs(other).isNotEqualTo(other);
        assertThat(hash(ofDelta(one))).isNotEqualTo(hash(ofDelta(other)));
        assertThat(PersonalCells.sealed(one)).isNotEqualTo(PersonalCells.sealed(other));
    }

    @Test
    void whatHasNoPersonalCellHasTheOrdinaryForm() {
        BitSet uses = new BitSet();
        uses.set(1);
        byte[] delta = DeltaCodec.encode(LAYOUT, new Object[] {SECRET, 1L}, new Object[] {SECRET, 2L}, uses);
        byte[] image = DeltaCodec.encodeImage(LAYOUT, new Object[] {null, 2L});

        assertThat(delta).isEqualTo(bytes("11 01 ac 02 02 02 02 04"));
        assertThat(image).isEqualTo(bytes("21 01 ac 02 02 04"));
        assertThat(PersonalCells.sealed(delta)).isSameAs(delta);
        assertThat(PersonalCells.sealed(image)).isSameAs(image);
    }

    /** The bytes in docs/log-encoding.md. */
    @Test
    void aDeltaAndAnImageHaveTheDocumentedBytes() {
        byte[] delta = bytes("12 02 01 01" + SALT + " 01 01 61 01 01 62 ac 02 00 02 02 02 04");
        byte[] image = bytes("22 02 01 01" + SALT + " 01 01 62 ac 02 00 02 04");

        assertThat(DeltaCodec.decode(LAYOUT, delta))
                .containsExactly(new CellDelta(0, "a", "b"), new CellDelta(1, 1L, 2L));
        assertThat(DeltaCodec.decodeImage(LAYOUT, image)).containsExactly("b", 2L);
        assertThat(DeltaCodec.decode(LAYOUT, bytes("12 02 01 02" + DIGEST + " ac 02 00 02 02 02 04")))
                .containsExactly(CellDelta.erased(0), new CellDelta(1, 1L, 2L));
        assertThat(HexFormat.of().formatHex(PersonalCells.sealed(image)))
                .startsWith("22020102")
                .endsWith("ac02000204");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "12, it is cut off at byte 1 of 1",
        "12 01 01, a count is out of range at byte 2 of 3",
        "12 01 01 03 00, there is no kind of cell 3 at byte 4 of 5",
        "12 01 01 01 00 00, it is cut off at byte 4 of 6",
        "12 01 01 02 00 00, it is cut off at byte 4 of 6",
        "12 01 01 00 00 00 00, there are bytes after the end at byte 6 of 7",
    })
    void malformedBytesAreRefusedWithTheirOffset(String hex, String why) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> DeltaCodec.decode(LAYOUT, bytes(hex)))
                .withMessageContaining(why);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> PersonalCells.sealed(bytes(hex)))
                .withMessageContaining(why)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(StorageException.Kind.PERMANENT));
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> hash(ofDelta(bytes(hex))));
    }
}
