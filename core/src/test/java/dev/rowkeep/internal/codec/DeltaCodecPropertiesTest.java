package dev.rowkeep.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class DeltaCodecPropertiesTest {
    private static final StoreLayout LAYOUT = Samples.EVERY_KIND;
    private static final int WIDTH = LAYOUT.columns().size();

    @Property
    void deltaIsReadBackAsWritten(
            @ForAll("cells") Object[] before, @ForAll("cells") Object[] after, @ForAll("changed") BitSet changed) {
        byte[] delta = DeltaCodec.encode(LAYOUT, before, after, changed);

        List<CellDelta> expected = changed.stream()
                .mapToObj(i -> new CellDelta(i, before[i], after[i]))
                .toList();
        assertThat(DeltaCodec.decode(LAYOUT, delta)).isEqualTo(expected);
    }

    @Property
    void whatWasBeforeIsToldWhereItIsNotKnown(
            @ForAll("cells") Object[] before,
            @ForAll("cells") Object[] after,
            @ForAll("changed") BitSet changed,
            @ForAll("changed") BitSet known) {
        Object untold = new Object();
        Object[] cells = new Object[WIDTH];
        Object[] expected = new Object[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            cells[i] = known.get(i) ? after[i] : untold;
            expected[i] = changed.get(i) && !known.get(i) ? before[i] : cells[i];
        }
        BitSet toldNow = (BitSet) changed.clone();
        toldNow.andNot(known);

        int told = DeltaCodec.tellBefore(LAYOUT, DeltaCodec.encode(LAYOUT, before, after, changed), cells, untold);

        assertThat(cells).containsExactly(expected);
        assertThat(told).isEqualTo(toldNow.cardinality());
    }

    @Property
    void imageIsReadBackAsWritten(@ForAll("cells") Object[] cells) {
        assertThat(DeltaCodec.decodeImage(LAYOUT, DeltaCodec.encodeImage(LAYOUT, cells)))
                .containsExactly(cells);
    }

    @Property
    void cellsOfDroppedColumnsAreSkippedWhateverTheirKind(
            @ForAll("cells") Object[] before, @ForAll("cells") Object[] after, @ForAll("changed") BitSet kept) {
        List<LayoutColumn> columns =
                kept.stream().mapToObj(LAYOUT.columns()::get).toList();
        StoreLayout smaller = Samples.layout(columns);
        BitSet all = new BitSet();
        all.set(0, WIDTH);

        List<CellDelta> cells = DeltaCodec.decode(smaller, DeltaCodec.encode(LAYOUT, before, after, all));
        Object[] image = DeltaCodec.decodeImage(smaller, DeltaCodec.encodeImage(LAYOUT, after));

        int[] ordinals = kept.stream().toArray();
        assertThat(cells)
                .isEqualTo(IntStream.range(0, ordinals.length)
                        .mapToObj(i -> new CellDelta(i, before[ordinals[i]], after[ordinals[i]]))
                        .toList());
        assertThat(image)
                .containsExactly(Arrays.stream(ordinals).mapToObj(i -> after[i]).toArray());
    }

    @Property(tries = 5_000)
    void randomBytesAreReadOrRefusedWithTheTypedError(@ForAll("formatAndNoise") byte[] noise) {
        assertReadOrRefused(noise);
    }

    @Property
    void corruptedBytesAreReadOrRefusedWithTheTypedError(
            @ForAll("cells") Object[] before,
            @ForAll("cells") Object[] after,
            @ForAll @Size(min = 1, max = 4) List<@From("flip") Flip> flips) {
        BitSet all = new BitSet();
        all.set(0, WIDTH);
        byte[] delta = DeltaCodec.encode(LAYOUT, before, after, all);
        byte[] image = DeltaCodec.encodeImage(LAYOUT, after);
        for (Flip flip : flips) {
            flip.applyTo(delta);
            flip.applyTo(image);
        }

        assertReadOrRefused(delta);
        assertReadOrRefused(image);
    }

    @Property
    void cutOffBytesAreRefused(
            @ForAll("cells") Object[] before, @ForAll("cells") Object[] after, @ForAll @IntRange(max = 1_000) int cut) {
        BitSet all = new BitSet();
        all.set(0, WIDTH);
        byte[] delta = DeltaCodec.encode(LAYOUT, before, after, all);

        byte[] cutOff = Arrays.copyOf(delta, cut % delta.length);

        assertRefused(catchThrowable(() -> DeltaCodec.decode(LAYOUT, cutOff)));
        assertRefused(catchThrowable(() -> DeltaCodec.tellBefore(LAYOUT, cutOff, new Object[WIDTH], new Object())));
    }

    /** Whatever is accepted is exactly what would have been written, so that two different logs cannot read the same. */
    private static void assertReadOrRefused(byte[] bytes) {
        Throwable failure = catchThrowable(() -> {
            List<CellDelta> cells = DeltaCodec.decode(LAYOUT, bytes);
            boolean inOrder = IntStream.range(1, cells.size())
                    .allMatch(i -> cells.get(i - 1).ordinal() < cells.get(i).ordinal());
            if (inOrder && cells.size() == bytes[1]) {
                assertThat(encodeAgain(cells)).isEqualTo(withoutPointless(bytes, cells));
            }
        });
        if (failure != null) {
            assertRefused(failure);
        }
        Throwable beforeFailure =
                catchThrowable(() -> DeltaCodec.tellBefore(LAYOUT, bytes, new Object[WIDTH], new Object()));
        if (beforeFailure != null) {
            assertRefused(beforeFailure);
        }
        Throwable imageFailure = catchThrowable(() -> DeltaCodec.decodeImage(LAYOUT, bytes));
        if (imageFailure != null) {
            assertRefused(imageFailure);
        }
    }

    private static byte[] withoutPointless(byte[] bytes, List<CellDelta> cells) {
        // A decimal of fewer digits after the point is read in the column's form and so is written differently.
        int price = LAYOUT.ordinal("c3");
        boolean rescaled = cells.stream().anyMatch(it -> it.ordinal() == price);
        return rescaled ? encodeAgain(cells) : bytes;
    }

    private static byte[] encodeAgain(List<CellDelta> cells) {
        Object[] before = new Object[WIDTH];
        Object[] after = new Object[WIDTH];
        BitSet changed = new BitSet();
        for (CellDelta cell : cells) {
            before[cell.ordinal()] = cell.before();
            after[cell.ordinal()] = cell.after();
            changed.set(cell.ordinal());
        }
        return DeltaCodec.encode(LAYOUT, before, after, changed);
    }

    private static void assertRefused(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(StorageException.class, it -> {
            assertThat(it.kind()).isEqualTo(StorageException.Kind.PERMANENT);
            assertThat(it).hasMessageContaining("store things").hasMessageContaining(" at byte ");
        });
    }

    @Provide
    Arbitrary<Object[]> cells() {
        return Samples.cells();
    }

    @Provide
    Arbitrary<BitSet> changed() {
        return Arbitraries.integers().between(0, (1 << WIDTH) - 1).map(it -> BitSet.valueOf(new long[] {it}));
    }

    @Provide
    Arbitrary<byte[]> formatAndNoise() {
        Arbitrary<Byte> small = Arbitraries.bytes().between((byte) 0, (byte) 14);
        Arbitrary<Byte> octet = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, small), net.jqwik.api.Tuple.of(1, Arbitraries.bytes()));
        Arbitrary<Byte> format =
                Arbitraries.of((byte) DeltaCodec.DELTA_FORMAT, (byte) DeltaCodec.IMAGE_FORMAT, (byte) 0);
        return net.jqwik.api.Combinators.combine(
                        format, octet.array(byte[].class).ofMaxSize(40))
                .as((first, rest) -> {
                    byte[] bytes = new byte[1 + rest.length];
                    bytes[0] = first;
                    System.arraycopy(rest, 0, bytes, 1, rest.length);
                    return bytes;
                });
    }

    @Provide
    Arbitrary<Flip> flip() {
        return net.jqwik.api.Combinators.combine(Arbitraries.integers().greaterOrEqual(0), Arbitraries.bytes())
                .as(Flip::new);
    }

    record Flip(int place, byte value) {
        void applyTo(byte[] bytes) {
            bytes[place % bytes.length] = value;
        }
    }
}
