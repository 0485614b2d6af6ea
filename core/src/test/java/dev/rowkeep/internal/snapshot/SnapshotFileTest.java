package dev.rowkeep.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rowkeep.commit.Author;
import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.codec.SnapshotTrailer;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot's file gives back what was written, or says which place of it is not that. */
final class SnapshotFileTest {
    private static final StoreLayout THINGS = new StoreLayout(
            1,
            "things",
            new LayoutColumn(0, "id", ColumnType.TEXT),
            List.of(
                    new LayoutColumn(1, "text", ColumnType.TEXT),
                    new LayoutColumn(3, "whole", ColumnType.INTEGER),
                    new LayoutColumn(4, "price", ColumnType.decimal(12, 2)),
                    new LayoutColumn(5, "ratio", ColumnType.DOUBLE),
                    new LayoutColumn(6, "flag", ColumnType.BOOLEAN),
                    new LayoutColumn(7, "day", ColumnType.DATE),
                    new LayoutColumn(8, "moment", ColumnType.TIMESTAMP),
                    new LayoutColumn(9, "uuid", ColumnType.UUID),
                    new LayoutColumn(10, "state", ColumnType.enumeration(List.of("NEW", "ÄLT"))),
                    new LayoutColumn(11, "bytes", ColumnType.BYTES),
                    new LayoutColumn(12, "tags", ColumnType.TEXT_SET),
                    new LayoutColumn(13, "json", ColumnType.JSON)),
            List.of(
                    new LayoutIndex(List.of("text"), Uniqueness.UNIQUE),
                    new LayoutIndex(List.of("whole", "day"), Uniqueness.SHARED)));
    private static final StoreLayout OTHERS = new StoreLayout(
            2,
            "others",
            new LayoutColumn(0, "number", ColumnType.INTEGER),
            List.of(new LayoutColumn(1, "value", ColumnType.INTEGER)),
            List.of());
    private static final Pattern PLACE =
            Pattern.compile("Snapshot file (\\S+) is damaged at byte (\\d+) \\(part \\d+\\): .+");

    @TempDir
    Path folder;

    private static Image thing(String key, long version) {
        Object[] cells = {
            "text of " + key,
            version,
            new BigDecimal("12.50"),
            0.1,
            true,
            LocalDate.of(2026, 11, 27),
            Instant.parse("2026-11-27T10:15:30.000001Z"),
            UUID.fromString("00000000-0000-0001-0000-000000000002"),
            "ÄLT",
            Bytes.of((byte) 0, (byte) -1),
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of("a", "b"))),
            Json.parse("{\"a\":[1,null]}")
        };
        return new Image(
                key, version, version << 20 | 3, Liveness.LIVE, cells, Author.user("ana"), 1_000_000, "ana", 1_000_000);
    }

    private static Image other(long key, Long value) {
        return new Image(key, 2, 5 << 20, Liveness.LIVE, new Object[] {value}, Author.job("sync"), -5, "ben", -1_000);
    }

    private static Image dead(Object key) {
        return new Image(key, 4, 9 << 20, Liveness.TOMBSTONE, new Object[0], Author.system("tidy"), 7, null, 0);
    }

    private static ImageScan scan(List<Image> images) {
        Iterator<Image> rest = images.iterator();
        return new ImageScan() {
            @Override
            public Image next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    private Path written(long sequence, List<Image> things, List<Image> others) throws IOException {
        Path file = folder.resolve("f" + sequence + ".snapshot");
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) sequence);
        SnapshotHeader header =
                new SnapshotHeader(new UUID(1, sequence), 1, new Head(sequence, 77, hash), List.of(THINGS, OTHERS));
        SnapshotWriter.create(file);
        try (SnapshotWriter out = new SnapshotWriter(file, header, () -> {})) {
            out.write(THINGS, scan(things));
            out.write(OTHERS, scan(others));
            out.finish();
        }
        return file;
    }

    private Path small() throws IOException {
        return written(3, List.of(thing("a", 1), thing("ä", 7), dead("gone")), List.of(other(-1, null), other(1, 5L)));
    }

    private static List<String> read(Path file, StoreLayout layout) throws IOException {
        List<String> lines = new ArrayList<>();
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            reader.read(layout, image -> lines.add(line(image)));
        }
        return lines;
    }

    private static String line(Image image) {
        return image.key() + " v" + image.version() + " " + image.changeId() + " " + image.liveness() + " "
                + Arrays.toString(image.cells()) + " " + image.author() + " " + image.timeMicros() + " "
                + image.userAuthor() + " " + image.userTimeMicros();
    }

    private static List<String> lines(Image... images) {
        return Arrays.stream(images).map(SnapshotFileTest::line).toList();
    }

    @Test
    void whatWasWrittenIsReadByStore() throws IOException {
        Path file = small();
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            assertThat(reader.header().layouts()).containsExactly(THINGS, OTHERS);
            assertThat(reader.header().head().sequence()).isEqualTo(3);
            assertThat(reader.header().incarnation()).isEqualTo(new UUID(1, 3));
        }
        assertThat(read(file, THINGS)).isEqualTo(lines(thing("a", 1), thing("ä", 7), dead("gone")));
        assertThat(read(file, OTHERS)).isEqualTo(lines(other(-1, null), other(1, 5L)));
        SnapshotTrailer trailer = SnapshotReader.verify(file);
        assertThat(trailer.blocks()).isEqualTo(2);
        assertThat(trailer.records()).isEqualTo(4);
        assertThat(trailer.tombstones()).isEqualTo(1);
    }

    @Test
    void aStoreOfManyBlocksIsReadWhole() throws IOException {
        List<Image> many = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            many.add(thing(String.format("key %06d", i), 1 + i));
        }
        Path file = written(4, many, List.of(other(1, 1L)));
        assertThat(SnapshotReader.verify(file).blocks()).isGreaterThan(3);
        assertThat(read(file, THINGS))
                .isEqualTo(many.stream().map(SnapshotFileTest::line).toList());
        assertThat(read(file, OTHERS)).isEqualTo(lines(other(1, 1L)));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes.length).as("compressed").isLessThan(6_000 * 100);
    }

    @Test
    void anEarlierFormIsReadInTheLater() throws IOException {
        StoreLayout later = new StoreLayout(
                2,
                "others",
                OTHERS.key(),
                List.of(
                        new LayoutColumn(2, "new", ColumnType.TEXT),
                        OTHERS.columns().get(0)),
                List.of());
        List<Object[]> cells = new ArrayList<>();
        try (SnapshotReader reader = SnapshotReader.open(small())) {
            reader.read(later, image -> cells.add(image.cells()));
        }
        assertThat(cells).containsExactly(new Object[] {null, null}, new Object[] {null, 5L});
    }

    @Test
    void everyFlippedByteIsRefusedWithItsPlace() throws IOException {
        Path file = small();
        byte[] whole = Files.readAllBytes(file);
        List<String> things = read(file, THINGS);
        for (int at = 0; at < whole.length; at++) {
            for (int flip : new int[] {0x01, 0xFF}) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) flip;
                Files.write(file, damaged);
                Throwable failure = catchThrowable(() -> SnapshotReader.verify(file));
                assertThat(place(file, failure)).as("byte %d", at).isLessThanOrEqualTo(at);
                requireRightOrRefused(file, things);
            }
        }
    }

    @Test
    void everyTruncationAndEveryTailIsRefused() throws IOException {
        Path file = small();
        byte[] whole = Files.readAllBytes(file);
        List<String> things = read(file, THINGS);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            Throwable failure = catchThrowable(() -> SnapshotReader.verify(file));
            assertThat(place(file, failure)).as("length %d", length).isLessThanOrEqualTo(length);
            assertThatExceptionOfType(SnapshotDamagedException.class).isThrownBy(() -> read(file, THINGS));
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThat(place(file, catchThrowable(() -> SnapshotReader.verify(file))))
                .isEqualTo(whole.length);
        assertThatExceptionOfType(SnapshotDamagedException.class).isThrownBy(() -> read(file, THINGS));
        Files.write(file, whole);
        assertThat(read(file, THINGS)).isEqualTo(things);
    }

    /** Each is sound by itself; together they are no snapshot. */
    @Test
    void theEndOfOneFileBehindTheBeginningOfAnotherIsRefused() throws IOException {
        Path file = small();
        byte[] one = Files.readAllBytes(file);
        byte[] two = Files.readAllBytes(written(
                9, List.of(thing("a", 1), thing("ä", 7), dead("gone")), List.of(other(-1, null), other(1, 5L))));
        assertThat(two).hasSameSizeAs(one);
        for (int cut = 13; cut < one.length; cut++) {
            byte[] mixed = one.clone();
            System.arraycopy(two, cut, mixed, cut, two.length - cut);
            Files.write(file, mixed);
            if (!Arrays.equals(mixed, one) && !Arrays.equals(mixed, two)) {
                place(file, catchThrowable(() -> SnapshotReader.verify(file)));
                assertThatExceptionOfType(SnapshotDamagedException.class).isThrownBy(() -> read(file, THINGS));
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> SnapshotReader.open(folder.resolve("none.snapshot")));
    }

    private static long place(Path file, Throwable failure) {
        assertThat(failure).isInstanceOf(SnapshotDamagedException.class);
        Matcher matcher = PLACE.matcher(failure.getMessage());
        assertThat(matcher.matches()).as(failure.getMessage()).isTrue();
        assertThat(matcher.group(1)).isEqualTo(String.valueOf(file.getFileName()));
        return Long.parseLong(matcher.group(2));
    }

    /** What damage does not touch may be used. */
    private static void requireRightOrRefused(Path file, List<String> expected) throws IOException {
        try {
            assertThat(read(file, THINGS)).isEqualTo(expected);
        } catch (SnapshotDamagedException e) {
            assertThat(e).hasMessageContaining("damaged at byte");
        }
    }
}
