package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.storage.duckdb.journal.FailingDisk.Step;
import dev.rowkeep.storage.duckdb.journal.Journal.Identity;
import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening makes of files that are not as they were written. */
final class OpeningTest {
    @TempDir
    Path parent;

    private Path original;
    private Path directory;

    /** Six records in two segments. */
    private List<JournalRecord> records;

    @BeforeEach
    void writeJournal() throws Exception {
        original = parent.resolve("original");
        directory = parent.resolve("copy");
        records = Samples.write(original, SMALL, 6);
        Samples.copy(original, directory);
        assertThat(Samples.files(directory)).hasSize(2);
    }

    @Test
    void everyPrefixOfTheLastSegmentOpensWithItsWholeRecords() throws Exception {
        byte[] bytes = Files.readAllBytes(newest());
        for (int length = SegmentFormat.HEADER_BYTES; length <= bytes.length; length++) {
            Samples.copy(original, directory);
            Files.write(newest(), Arrays.copyOf(bytes, length));
            int whole = 3 + (length - SegmentFormat.HEADER_BYTES) / (SegmentFormat.OVERHEAD_BYTES + 9);
            try (Journal journal = Journal.open(directory, SMALL)) {
                assertThat(Samples.all(journal)).as("%s bytes", length).isEqualTo(records.subList(0, whole));
                journal.append(Samples.records(journal.last(), 1).get(0));
            }
            try (Journal journal = Journal.open(directory, SMALL)) {
                assertThat(journal.last().number()).isEqualTo(whole + 1);
                assertThat(Samples.all(journal))
                        .startsWith(records.subList(0, whole).toArray(new JournalRecord[0]));
            }
        }
    }

    @Test
    void unwrittenBytesAtTheEndAreCutOff() throws Exception {
        for (byte[] tail : List.of(new byte[1], new byte[200], new byte[1 << 17])) {
            Samples.copy(original, directory);
            Files.write(newest(), tail, StandardOpenOption.APPEND);
            try (Journal journal = Journal.open(directory, SMALL)) {
                assertThat(Samples.all(journal)).isEqualTo(records);
            }
            assertThat(Samples.contents(directory)).isEqualTo(Samples.contents(original));
        }
    }

    @Test
    void cutTailIsSyncedWithFileAndDirectoryBeforeOpenReturns() throws Exception {
        Files.write(newest(), new byte[10], StandardOpenOption.APPEND);
        FailingDisk disk = new FailingDisk();
        Journal.open(directory, SMALL, disk).close();
        List<Step> steps = disk.takeSteps();
        assertThat(steps)
                .containsSubsequence(Step.TRUNCATE, Step.SYNC, Step.SYNC_DIRECTORY)
                .doesNotContain(Step.RENAME, Step.DELETE);
        assertThat(steps.subList(steps.lastIndexOf(Step.SYNC), steps.size())).doesNotContain(Step.TRUNCATE, Step.WRITE);
    }

    @Test
    void wholeJournalIsSyncedBeforeOpenReturns() throws Exception {
        FailingDisk disk = new FailingDisk();
        Journal.open(directory, SMALL, disk).close();
        assertThat(disk.takeSteps()).containsSubsequence(Step.WRITE, Step.SYNC, Step.SYNC_DIRECTORY);
        assertThat(Samples.contents(directory)).isEqualTo(Samples.contents(original));
    }

    @Test
    void everyChangedByteIsDamageOrATornLastRecord() throws Exception {
        int lastRecord = (int) Files.size(newest()) - (SegmentFormat.OVERHEAD_BYTES + 9);
        for (String name : Samples.names(original)) {
            byte[] bytes = Files.readAllBytes(original.resolve(name));
            boolean isNewest =
                    original.resolve(name).equals(Samples.files(original).get(1));
            for (int at = 0; at < bytes.length; at++) {
                for (int mask : new int[] {0x01, 0x80, 0xff}) {
                    byte[] changed = bytes.clone();
                    changed[at] ^= (byte) mask;
                    Samples.copy(original, directory);
                    Files.write(directory.resolve(name), changed);
                    if (isNewest && at >= lastRecord) {
                        try (Journal journal = Journal.open(directory, SMALL)) {
                            assertThat(Samples.all(journal)).isEqualTo(records.subList(0, 5));
                        }
                    } else {
                        requireDamage(name);
                    }
                }
            }
        }
    }

    @Test
    void everyChangedByteIsNoticedByAReaderOfAnOpenJournal() throws Exception {
        try (Journal journal = Journal.open(directory, SMALL)) {
            for (Path file : Samples.files(directory)) {
                byte[] bytes = Files.readAllBytes(file);
                for (int at = 0; at < bytes.length; at++) {
                    byte[] changed = bytes.clone();
                    changed[at] ^= 1;
                    Files.write(file, changed);
                    assertThatExceptionOfType(JournalException.class)
                            .as("byte %s", at)
                            .isThrownBy(() -> Samples.all(journal))
                            .withMessageContaining(file.toString())
                            .returns(Kind.DAMAGED, JournalException::kind);
                }
                Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
                assertThatExceptionOfType(JournalException.class)
                        .isThrownBy(() -> Samples.all(journal))
                        .returns(Kind.DAMAGED, JournalException::kind);
                Files.write(file, bytes);
            }
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
    }

    @Test
    void messageNamesFileAndByte() throws Exception {
        Path oldest = Samples.files(directory).get(0);
        int second = SegmentFormat.HEADER_BYTES + SegmentFormat.OVERHEAD_BYTES + 9;
        change(oldest, second + 20);
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journal.open(directory, SMALL))
                .withMessageContaining(oldest + ": at byte " + second)
                .withMessageContaining("backup");
    }

    @Test
    void everyCutOfAnOlderSegmentIsDamage() throws Exception {
        String name = Samples.names(original).get(0);
        byte[] bytes = Files.readAllBytes(original.resolve(name));
        for (int length = 0; length < bytes.length; length++) {
            Samples.copy(original, directory);
            Files.write(directory.resolve(name), Arrays.copyOf(bytes, length));
            // Where only whole records are left, it is the next segment that does not follow.
            requireDamage(
                    length > SegmentFormat.HEADER_BYTES && (length - SegmentFormat.HEADER_BYTES) % 89 != 0 ? name : "");
        }
    }

    @Test
    void bytesAfterTheLastRecordOfAnOlderSegmentAreDamage() throws Exception {
        Files.write(Samples.files(directory).get(0), new byte[1], StandardOpenOption.APPEND);
        requireDamage(Samples.names(original).get(0));
    }

    @Test
    void tornHeaderIsDamage() throws Exception {
        byte[] bytes = Files.readAllBytes(newest());
        for (int length = 0; length < SegmentFormat.HEADER_BYTES; length++) {
            Files.write(newest(), Arrays.copyOf(bytes, length));
            requireDamage(Samples.names(original).get(1));
        }
    }

    @Test
    void wholeRecordBehindABadOneIsDamageWhateverLiesBetween() throws Exception {
        for (int between = 0; between < 300; between++) {
            Samples.copy(original, directory);
            JournalRecord later = Samples.records(records.get(5).after(), 2).get(between % 2);
            byte[] whole = SegmentFormat.encode(later);
            byte[] tail = new byte[1 + between + whole.length + between % 7];
            Arrays.fill(tail, 0, 1 + between, (byte) 0xa5);
            System.arraycopy(whole, 0, tail, 1 + between, whole.length);
            Files.write(newest(), tail, StandardOpenOption.APPEND);
            requireDamage(Samples.names(original).get(1));
        }
    }

    @Test
    void wholeRecordWithANumberOutOfOrderIsDamage() throws Exception {
        JournalRecord last = records.get(5);
        for (long number : new long[] {1, 5, 6, 8, Long.MAX_VALUE}) {
            Samples.copy(original, directory);
            JournalRecord wrong = new JournalRecord(number, last.hashAfter(), new byte[32], new byte[3]);
            Files.write(newest(), SegmentFormat.encode(wrong), StandardOpenOption.APPEND);
            requireDamage(Samples.names(original).get(1));
        }
    }

    @Test
    void wholeRecordThatContinuesAnotherLogIsDamage() throws Exception {
        JournalRecord last = records.get(5);
        JournalRecord wrong = new JournalRecord(7, last.hashBefore(), last.hashAfter(), new byte[3]);
        Files.write(newest(), SegmentFormat.encode(wrong), StandardOpenOption.APPEND);
        requireDamage(Samples.names(original).get(1));
    }

    @Test
    void missingMiddleSegmentIsDamage() throws Exception {
        Path longer = parent.resolve("longer");
        Samples.write(longer, SMALL, 8);
        List<String> names = Samples.names(longer);
        assertThat(names).hasSize(3);
        Files.delete(longer.resolve(names.get(1)));
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journal.open(longer, SMALL))
                .withMessageContaining(names.get(2))
                .returns(Kind.DAMAGED, JournalException::kind);
    }

    @Test
    void missingOldestSegmentIsAsIfItWasDropped() throws Exception {
        Files.delete(Samples.files(directory).get(0));
        try (Journal journal = Journal.open(directory, SMALL)) {
            assertThat(journal.start()).isEqualTo(records.get(2).after());
            assertThat(Samples.all(journal)).isEqualTo(records.subList(3, 6));
        }
    }

    @Test
    void swappedSegmentsAreDamage() throws Exception {
        List<Path> files = Samples.files(original);
        Files.write(directory.resolve(files.get(0).getFileName()), Files.readAllBytes(files.get(1)));
        Files.write(directory.resolve(files.get(1).getFileName()), Files.readAllBytes(files.get(0)));
        requireDamage(files.get(0).getFileName().toString());
    }

    @Test
    void segmentUnderAnotherNameIsDamage() throws Exception {
        Files.move(newest(), directory.resolve("00000000000000000005.rkj"));
        requireDamage("00000000000000000005.rkj");
    }

    @Test
    void segmentOfAnotherJournalIsDamage() throws Exception {
        SegmentHeader header = new SegmentHeader(IDENTITY, records.get(2).after());
        replaceHeader(new SegmentHeader(new Identity(IDENTITY.incarnation(), 8), header.start()));
        requireDamage(Samples.names(original).get(1));
        replaceHeader(new SegmentHeader(new Identity(new UUID(1, 2), 7), header.start()));
        requireDamage(Samples.names(original).get(1));
        replaceHeader(new SegmentHeader(IDENTITY, new Place(3, new byte[32])));
        requireDamage(Samples.names(original).get(1));
        replaceHeader(header);
        Journal.open(directory, SMALL).close();
    }

    @Test
    void laterFormatVersionIsRefusedButNotCalledDamage() throws Exception {
        byte[] bytes = Files.readAllBytes(newest());
        bytes[11] = 2;
        ByteBuffer.wrap(bytes).putInt(76, SegmentFormat.checksum(bytes, 76));
        Files.write(newest(), bytes);
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journal.open(directory, SMALL))
                .withMessageContaining("version 2")
                .returns(Kind.PERMANENT, JournalException::kind);
    }

    @Test
    void directoryWithoutSegmentsIsDamage() throws Exception {
        for (Path each : Samples.files(directory)) {
            Files.delete(each);
        }
        requireDamage("");
    }

    @Test
    void temporaryFilesAreRemovedAndOthersLeftAlone() throws Exception {
        Files.write(directory.resolve("00000000000000000004.rkj.tmp"), new byte[3]);
        Files.write(directory.resolve("00000000000000000007.rkj.tmp"), new byte[0]);
        Files.write(directory.resolve("README"), new byte[1]);
        try (Journal journal = Journal.open(directory, SMALL)) {
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
        assertThat(Samples.names(directory)).hasSize(3).contains("README");
    }

    @Test
    void temporaryFilesStayWhenThereIsDamage() throws Exception {
        Files.write(directory.resolve("00000000000000000007.rkj.tmp"), new byte[3]);
        change(Samples.files(directory).get(0), 100);
        requireDamage(Samples.names(original).get(0));
    }

    @Test
    void failedStepOfAnOpeningLosesNothing() throws Exception {
        Files.write(newest(), new byte[10], StandardOpenOption.APPEND);
        Files.write(directory.resolve("00000000000000000007.rkj.tmp"), new byte[3]);
        Path torn = Samples.copy(directory, parent.resolve("torn"));
        for (Step step : Step.values()) {
            for (int passes = 0; passes < 3; passes++) {
                Samples.copy(torn, directory);
                FailingDisk disk = new FailingDisk();
                disk.failOnce(EnumSet.of(step), passes);
                try {
                    Journal.open(directory, SMALL, disk).close();
                    assertThat(disk.hasFailed()).isFalse();
                } catch (JournalException e) {
                    assertThat(e.kind()).isEqualTo(Kind.PERMANENT);
                }
                try (Journal journal = Journal.open(directory, SMALL)) {
                    assertThat(Samples.all(journal)).isEqualTo(records);
                }
            }
        }
    }

    private Path newest() throws IOException {
        return directory.resolve(Samples.names(original).get(1));
    }

    private void requireDamage(String name) throws IOException {
        Map<String, String> before = Samples.contents(directory);
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journal.open(directory, SMALL))
                .withMessageContaining(directory.resolve(name).toString())
                .returns(Kind.DAMAGED, JournalException::kind);
        assertThat(Samples.contents(directory)).isEqualTo(before);
    }

    private void replaceHeader(SegmentHeader header) throws IOException {
        byte[] bytes = Files.readAllBytes(newest());
        System.arraycopy(header.encode(), 0, bytes, 0, SegmentFormat.HEADER_BYTES);
        Files.write(newest(), bytes);
    }

    private static void change(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
