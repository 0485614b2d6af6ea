package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class TailSearchTest {
    @TempDir
    Path directory;

    @Test
    void checksumOfEveryRangeIsThatOfItsBytes() throws Exception {
        byte[] bytes = new byte[1000];
        new Random(1).nextBytes(bytes);
        Path path = Files.write(directory.resolve("bytes"), bytes);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            for (int from : new int[] {0, 1, 300, 999}) {
                RangeChecksums checksums = RangeChecksums.of(file, from, bytes.length);
                for (int begin = from; begin <= bytes.length; begin += 7) {
                    for (int end = begin; end <= bytes.length; end += 11) {
                        byte[] range = Arrays.copyOfRange(bytes, begin, end);
                        assertThat(checksums.of(begin, end))
                                .as("%s to %s after %s", begin, end, from)
                                .isEqualTo(SegmentFormat.checksum(range, range.length));
                    }
                }
            }
        }
    }

    @Test
    void recordIsFoundAcrossTheWindowsOfTheSearch() throws Exception {
        byte[] large = SegmentFormat.encode(Samples.following(BEGINNING, new byte[200_000]));
        byte[] small = SegmentFormat.encode(Samples.following(BEGINNING, new byte[0]));
        for (byte[] record : new byte[][] {large, small}) {
            for (int at = (1 << 16) - 90; at < (1 << 16) + 20; at += 3) {
                byte[] bytes = new byte[at + record.length + 5];
                System.arraycopy(record, 0, bytes, at, record.length);
                Path path = Files.write(directory.resolve("bytes"), bytes);
                String found = "at byte " + at;
                int cut = at + record.length - 1;
                assertThatExceptionOfType(JournalException.class)
                        .isThrownBy(() -> TailSearch.requireTorn(path, 0, bytes.length, 0))
                        .withMessageContaining(found)
                        .returns(Kind.DAMAGED, JournalException::kind);
                assertThatCode(() -> TailSearch.requireTorn(path, 0, bytes.length, 1))
                        .as("the record is not a later one")
                        .doesNotThrowAnyException();
                assertThatCode(() -> TailSearch.requireTorn(path, 0, cut, 0))
                        .as("the record is not whole")
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Every twelve bytes look like a record that is half as long as the file: by length alone, that would be terabytes to check. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void searchIsShortWhateverTheBytesAre() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(12 << 18);
        while (bytes.hasRemaining()) {
            bytes.putInt(bytes.capacity() / 2).putLong(1 + bytes.position() / 12 % 1000);
        }
        Path path = Files.write(directory.resolve("bytes"), bytes.array());
        TailSearch.requireTorn(path, 0, bytes.capacity(), 0);
    }
}
