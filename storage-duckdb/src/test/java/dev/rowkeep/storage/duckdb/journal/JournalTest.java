package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.storage.duckdb.journal.FailingDisk.Step;
import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    @TempDir
    Path parent;

    @Test
    void appendedRecordsAreThereAfterReopening() throws Exception {
        Path directory = parent.resolve("journal");
        JournalRecord first = Samples.following(BEGINNING, "first".getBytes(StandardCharsets.UTF_8));
        JournalRecord second = Samples.following(first.after(), "second".getBytes(StandardCharsets.UTF_8));
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, JournalOptions.defaults())) {
            journal.append(first);
            journal.append(second);
            assertThat(journal.last()).isEqualTo(second.after());
        }
        try (Journal journal = Journal.open(directory, JournalOptions.defaults());
                JournalReader reader = journal.read(1)) {
            assertThat(journal.identity()).isEqualTo(IDENTITY);
            assertThat(journal.start()).isEqualTo(BEGINNING);
            assertThat(journal.last()).isEqualTo(second.after());
            assertThat(reader.next()).isEqualTo(second);
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
            assertThat(Samples.all(journal)).containsExactly(first, second);
        }
    }

    @Test
    void journalCanBeginInTheMiddleOfTheLog() throws Exception {
        Path directory = parent.resolve("journal");
        Place start = Samples.records(BEGINNING, 5).get(4).after();
        List<JournalRecord> records = Samples.records(start, 10);
        try (Journal journal = Journal.create(directory, IDENTITY, start, SMALL)) {
            assertThat(journal.start()).isEqualTo(start);
            assertThat(journal.last()).isEqualTo(start);
            Samples.appendAll(journal, records);
        }
        try (Journal journal = Journal.open(directory, SMALL)) {
            assertThat(journal.start()).isEqualTo(start);
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
    }

    @Test
    void segmentBeginsWhenTheOneBeforeHasItsBytes() throws Exception {
        Path directory = parent.resolve("journal");
        List<JournalRecord> records = Samples.write(directory, SMALL, 7);

        assertThat(Samples.names(directory))
                .containsExactly("00000000000000000001.rkj", "00000000000000000004.rkj", "00000000000000000007.rkj");
        try (Journal journal = Journal.open(directory, new JournalOptions(1, 0))) {
            assertThat(Samples.all(journal)).isEqualTo(records);
            for (long after = 0; after <= 7; after++) {
                assertThat(Samples.after(journal, after)).isEqualTo(records.subList((int) after, 7));
            }
            journal.append(Samples.following(journal.last(), new byte[0]));
        }
        assertThat(Samples.names(directory)).hasSize(4).contains("00000000000000000008.rkj");
    }

    @Test
    void segmentGrowsByZerosThatClosingCutsOff() throws Exception {
        Path directory = parent.resolve("journal");
        JournalOptions options = new JournalOptions(1 << 20, 720);
        List<JournalRecord> records = Samples.records(BEGINNING, 11);
        int recordBytes = SegmentFormat.OVERHEAD_BYTES + 9;
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, options)) {
            Path segment = Samples.files(directory).get(0);
            for (JournalRecord record : records.subList(0, 9)) {
                journal.append(record);
                assertThat(segment).hasSize(SegmentFormat.HEADER_BYTES + recordBytes + 720);
            }
            journal.append(records.get(9));
            assertThat(segment).hasSize(SegmentFormat.HEADER_BYTES + 10 * recordBytes + 720);

            try (Journal afterKill = Journal.open(Samples.copy(directory, parent.resolve("killed")), options)) {
                assertThat(Samples.all(afterKill)).isEqualTo(records.subList(0, 10));
            }
        }
        assertThat(Samples.contents(directory))
                .isEqualTo(Samples.contents(parent.resolve("killed")))
                .hasSize(1);
        try (Journal journal = Journal.open(directory, options)) {
            journal.append(records.get(10));
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
    }

    @Test
    void longRecordMakesASegmentGrowByWhatItNeeds() throws Exception {
        Path directory = parent.resolve("journal");
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, new JournalOptions(1 << 20, 1000))) {
            journal.append(Samples.following(BEGINNING, new byte[1000]));
            assertThat(Samples.files(directory).get(0))
                    .hasSize(SegmentFormat.HEADER_BYTES + SegmentFormat.OVERHEAD_BYTES + 1000);
        }
    }

    @Test
    void segmentThatAnotherFollowsHasNoZeros() throws Exception {
        Path directory = parent.resolve("journal");
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL)) {
            Samples.appendAll(journal, Samples.records(BEGINNING, 4));
            List<Path> segments = Samples.files(directory);
            assertThat(segments.get(0)).hasSize(SegmentFormat.HEADER_BYTES + 3 * (SegmentFormat.OVERHEAD_BYTES + 9));
            assertThat(segments.get(1)).hasSize(SMALL.segmentBytes());
        }
    }

    @Test
    void appendReturnsAfterASyncThatCameAfterItsOneWrite() throws Exception {
        FailingDisk disk = new FailingDisk();
        try (Journal journal =
                Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, JournalOptions.defaults(), disk)) {
            for (JournalRecord record : Samples.records(BEGINNING, 3)) {
                disk.takeSteps();
                journal.append(record);
                assertThat(disk.takeSteps()).containsExactly(Step.WRITE, Step.SYNC);
            }
        }
    }

    @Test
    void segmentIsDurableByNameBeforeARecordGoesIn() throws Exception {
        FailingDisk disk = new FailingDisk();
        try (Journal journal =
                Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, new JournalOptions(1, 0), disk)) {
            List<JournalRecord> records = Samples.records(BEGINNING, 2);
            journal.append(records.get(0));
            disk.takeSteps();
            journal.append(records.get(1));
            assertThat(disk.takeSteps())
                    .containsExactly(
                            Step.DELETE,
                            Step.CREATE,
                            Step.WRITE,
                            Step.SYNC,
                            Step.RENAME,
                            Step.SYNC_DIRECTORY,
                            Step.OPEN,
                            Step.WRITE,
                            Step.SYNC);
        }
    }

    @Test
    void recordThatDoesNotFollowIsRefusedWithoutWriting() throws Exception {
        FailingDisk disk = new FailingDisk();
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL, disk)) {
            List<JournalRecord> records = Samples.records(BEGINNING, 3);
            journal.append(records.get(0));
            disk.takeSteps();
            JournalRecord next = records.get(1);
            JournalRecord otherLog = new JournalRecord(2, next.hashAfter(), next.hashAfter(), next.payload());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.append(records.get(0)))
                    .withMessageContaining("record 1: the next one is 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.append(records.get(2)))
                    .withMessageContaining("record 3: the next one is 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.append(otherLog))
                    .withMessageContaining("the hash before it is not the one after record 1");
            assertThat(disk.takeSteps()).isEmpty();
            journal.append(next);
            assertThat(Samples.all(journal)).isEqualTo(records.subList(0, 2));
        }
    }

    @Test
    void recordsHaveSizesThatAreChecked() {
        byte[] hash = new byte[32];
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalRecord(0, hash, hash, hash));
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalRecord(1, new byte[31], hash, hash));
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalRecord(1, hash, new byte[33], hash));
        assertThatIllegalArgumentException().isThrownBy(() -> new Place(-1, hash));
        assertThatIllegalArgumentException().isThrownBy(() -> new Place(1, new byte[0]));
        SegmentFormat.requirePayload(1L << 30);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SegmentFormat.requirePayload((1L << 30) + 1))
                .withMessageContaining("1 GiB");
    }

    @Test
    void optionsAreChecked() {
        assertThat(JournalOptions.defaults().segmentBytes()).isEqualTo(64L << 20);
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalOptions(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalOptions(1, -1));
    }

    @Test
    void hashesCannotBeChangedFromOutside() {
        byte[] hash = new byte[32];
        Place place = new Place(0, hash);
        JournalRecord record = new JournalRecord(1, hash, hash, new byte[0]);
        hash[0] = 1;
        place.hash()[0] = 1;
        record.hashBefore()[0] = 1;
        record.hashAfter()[0] = 1;
        assertThat(place).isEqualTo(BEGINNING).hasSameHashCodeAs(BEGINNING);
        assertThat(record).isEqualTo(new JournalRecord(1, new byte[32], new byte[32], new byte[0]));
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path directory = parent.resolve("journal");
        Samples.write(directory, SMALL, 7);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        for (Path each : Samples.files(directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void interruptedThreadAppendsRecoversAndReadsAsAnyOther() throws Exception {
        Path directory = parent.resolve("journal");
        FailingDisk disk = new FailingDisk();
        List<JournalRecord> records = Samples.records(BEGINNING, 10);
        Thread.currentThread().interrupt();
        try {
            try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)) {
                Samples.appendAll(journal, records.subList(0, 8));
                disk.failOnce(EnumSet.of(Step.SYNC), 0);
                assertThatExceptionOfType(JournalException.class).isThrownBy(() -> journal.append(records.get(8)));
                journal.recover();
                Samples.appendAll(journal, records.subList(8, 10));
                journal.dropThrough(3);
                assertThat(Samples.all(journal)).isEqualTo(records.subList(3, 10));
            }
            try (Journal journal = Journal.open(directory, SMALL)) {
                assertThat(Samples.all(journal)).isEqualTo(records.subList(3, 10));
            }
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void interruptsThatComeInBetweenDoNoHarm() throws Exception {
        List<JournalRecord> records = Samples.records(BEGINNING, 50);
        Thread appender = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            for (int i = 0; i < 300; i++) {
                appender.interrupt();
                LockSupport.parkNanos(100_000);
            }
        });
        try (Journal journal =
                Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, new JournalOptions(1, 0))) {
            interrupter.start();
            Samples.appendAll(journal, records);
            journal.dropThrough(10);
            assertThat(Samples.all(journal)).isEqualTo(records.subList(10, 50));
        } finally {
            while (interrupter.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }

    @Test
    void createRefusesWhatIsThere() throws Exception {
        Path directory = Files.createDirectory(parent.resolve("journal"));
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journal.create(directory, IDENTITY, BEGINNING, SMALL))
                .withMessageContaining(directory.toString())
                .returns(Kind.PERMANENT, JournalException::kind);
        assertThat(Samples.files(directory)).isEmpty();
    }

    @Test
    void createReplacesWhatAnEarlierOneLeftUnfinished() throws Exception {
        Path directory = parent.resolve("journal");
        Path left = Files.createDirectory(parent.resolve("journal.tmp"));
        Files.write(left.resolve("00000000000000000001.rkj.tmp"), new byte[3]);
        Samples.write(directory, SMALL, 1);
        assertThat(Samples.names(parent)).containsExactly("journal");
        assertThat(Samples.names(directory)).containsExactly("00000000000000000001.rkj");
    }

    @Test
    void openRefusesWhatIsNotThere() {
        Path directory = parent.resolve("journal");
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journal.open(directory, SMALL))
                .withMessageContaining(directory.toString())
                .returns(Kind.PERMANENT, JournalException::kind);
        assertThat(directory).doesNotExist();
    }

    @Test
    void closedJournalRefusesEverythingButWhatItKnows() throws Exception {
        Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL);
        List<JournalRecord> records = Samples.records(BEGINNING, 2);
        journal.append(records.get(0));
        JournalReader reader = journal.read(0);
        journal.close();
        journal.close();

        assertThatIllegalStateException().isThrownBy(() -> journal.append(records.get(1)));
        assertThatIllegalStateException().isThrownBy(journal::recover);
        assertThatIllegalStateException().isThrownBy(() -> journal.dropThrough(1));
        assertThatIllegalStateException().isThrownBy(() -> journal.read(0));
        assertThat(journal.last()).isEqualTo(records.get(0).after());
        assertThat(reader.next()).isEqualTo(records.get(0));
        reader.close();
        assertThatIllegalStateException().isThrownBy(reader::next);
    }
}
