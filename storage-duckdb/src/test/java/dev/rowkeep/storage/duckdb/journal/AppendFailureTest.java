package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowkeep.storage.duckdb.journal.FailingDisk.Step;
import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is there when steps fail: exactly the acknowledged records. */
final class AppendFailureTest {
    private static final int APPENDS = 12;
    private static final int MOST_PASSES = 30;

    @TempDir
    Path parent;

    private final FailingDisk disk = new FailingDisk();

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "OPEN", "WRITE", "SYNC", "RENAME", "SYNC_DIRECTORY", "DELETE"})
    void stepThatFailsOnceLeavesExactlyTheAcknowledgedRecords(Step step) throws Exception {
        for (int passes = 0; passes < MOST_PASSES; passes++) {
            Path directory = parent.resolve(step + "-once-" + passes);
            try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)) {
                disk.failOnce(EnumSet.of(step), passes);
                appendWithFailures(journal, directory);
            }
            disk.heal();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "OPEN", "WRITE", "SYNC", "RENAME", "SYNC_DIRECTORY", "DELETE"})
    void stepThatFailsUntilItIsRepairedLeavesExactlyTheAcknowledgedRecords(Step step) throws Exception {
        for (int passes = 0; passes < MOST_PASSES; passes++) {
            Path directory = parent.resolve(step + "-sticky-" + passes);
            try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)) {
                disk.failFrom(EnumSet.of(step), passes);
                appendWithFailures(journal, directory);
            }
            disk.heal();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "OPEN", "WRITE", "SYNC", "RENAME", "SYNC_DIRECTORY", "DELETE"})
    void recoverThatFailsInAnyStepMayBeCalledAgain(Step step) throws Exception {
        for (int passes = 0; passes < 4; passes++) {
            Path directory = parent.resolve(step + "-recover-" + passes);
            List<JournalRecord> records = Samples.records(BEGINNING, 3);
            try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)) {
                Samples.appendAll(journal, records.subList(0, 2));
                failToAppend(journal, records.get(2));
                disk.failOnce(EnumSet.of(step), passes);
                JournalException failure = catchThrowableOfType(JournalException.class, journal::recover);
                if (failure != null) {
                    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
                    assertThat(failure).hasMessageContaining("recover()");
                    requireRefused(journal, records.get(2));
                    journal.recover();
                }
                disk.heal();
                requireExactly(directory, records.subList(0, 2));
                journal.append(records.get(2));
            }
            requireExactly(directory, records);
        }
    }

    @Test
    void failedRecordIsGoneAfterRecoverAndAnotherTakesItsPlace() throws Exception {
        Path directory = parent.resolve("journal");
        List<JournalRecord> records = Samples.records(BEGINNING, 2);
        JournalRecord other = Samples.following(records.get(1).after(), new byte[] {1});
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)) {
            Samples.appendAll(journal, records);
            failToAppend(journal, Samples.following(records.get(1).after(), new byte[] {2}));
            requireExactly(Samples.copy(directory, parent.resolve("before")), 3);

            assertThat(journal.recover()).isEqualTo(records.get(1).after());
            requireExactly(Samples.copy(directory, parent.resolve("after")), 2);
            journal.append(other);
        }
        requireExactly(directory, List.of(records.get(0), records.get(1), other));
    }

    @Test
    void nothingIsWrittenToAFileThatFailed() throws Exception {
        Path directory = parent.resolve("journal");
        List<JournalRecord> records = Samples.records(BEGINNING, 2);
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)) {
            journal.append(records.get(0));
            Path failed = Files.createLink(
                    parent.resolve("failed"), Samples.files(directory).get(0));
            failToAppend(journal, records.get(1));
            byte[] bytes = Files.readAllBytes(failed);
            requireRefused(journal, records.get(1));
            journal.recover();
            journal.append(records.get(1));
            assertThat(Files.readAllBytes(failed)).isEqualTo(bytes);
            assertThat(Files.isSameFile(failed, Samples.files(directory).get(0)))
                    .isFalse();
        }
        requireExactly(directory, records);
    }

    @Test
    void recoverSyncsTheCopyBeforeItsNameAndTheDirectoryAfter() throws Exception {
        List<JournalRecord> records = Samples.records(BEGINNING, 2);
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL, disk)) {
            journal.append(records.get(0));
            failToAppend(journal, records.get(1));
            disk.takeSteps();
            journal.recover();
            assertThat(disk.takeSteps())
                    .containsExactly(
                            Step.DELETE,
                            Step.CREATE,
                            Step.WRITE,
                            Step.SYNC,
                            Step.RENAME,
                            Step.SYNC_DIRECTORY,
                            Step.OPEN);
            assertThat(journal.recover()).isEqualTo(records.get(0).after());
            assertThat(disk.takeSteps()).as("nothing is uncertain any more").isEmpty();
        }
    }

    @Test
    void damageInTheAcknowledgedRecordsIsNotCopied() throws Exception {
        Path directory = parent.resolve("journal");
        List<JournalRecord> records = Samples.records(BEGINNING, 2);
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)) {
            journal.append(records.get(0));
            failToAppend(journal, records.get(1));
            Path file = Samples.files(directory).get(0);
            byte[] bytes = Files.readAllBytes(file);
            bytes[100] ^= 1;
            Files.write(file, bytes);
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(journal::recover)
                    .returns(Kind.DAMAGED, JournalException::kind);
            requireRefused(journal, records.get(1));
        }
    }

    @Test
    void readersSeeOnlyAcknowledgedRecordsAfterAFailure() throws Exception {
        List<JournalRecord> records = Samples.records(BEGINNING, 3);
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL, disk)) {
            Samples.appendAll(journal, records.subList(0, 2));
            try (JournalReader before = journal.read(0)) {
                failToAppend(journal, records.get(2));
                assertThat(Samples.all(journal)).isEqualTo(records.subList(0, 2));
                journal.recover();
                assertThat(before.next()).isEqualTo(records.get(0));
                assertThat(before.next()).isEqualTo(records.get(1));
                assertThat(before.next()).isNull();
            }
        }
    }

    @Test
    void creationThatFailsLeavesNothingOrAWholeJournal() throws Exception {
        for (Step step : Step.values()) {
            for (int passes = 0; passes < 3; passes++) {
                Path directory = parent.resolve(step + "-create-" + passes);
                disk.failOnce(EnumSet.of(step), passes);
                JournalException failure = catchThrowableOfType(
                        JournalException.class,
                        () -> Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk)
                                .close());
                disk.heal();
                if (failure != null && failure.kind() == Kind.ROLLED_BACK) {
                    assertThat(directory).doesNotExist();
                    Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk).close();
                }
                requireExactly(directory, List.of());
            }
        }
    }

    /** Appends, each until it succeeds, and checks after every failure. */
    private void appendWithFailures(Journal journal, Path directory) throws Exception {
        List<JournalRecord> acknowledged = new ArrayList<>();
        int attempt = 0;
        while (acknowledged.size() < APPENDS) {
            JournalRecord record =
                    Samples.following(journal.last(), new byte[] {0, 0, 0, 0, 0, 0, 0, 0, (byte) attempt++});
            JournalException failure = catchThrowableOfType(JournalException.class, () -> journal.append(record));
            if (failure == null) {
                acknowledged.add(record);
                continue;
            }
            assertThat(disk.hasFailed()).isTrue();
            if (failure.kind() == Kind.UNKNOWN_OUTCOME) {
                requireRefused(journal, record);
                recover(journal);
            } else {
                assertThat(failure.kind()).isEqualTo(Kind.ROLLED_BACK);
                disk.heal();
            }
            assertThat(journal.last().number()).isEqualTo(acknowledged.size());
            requireExactly(Samples.copy(directory, parent.resolve("copy")), acknowledged);
        }
        requireExactly(directory, acknowledged);
    }

    private void recover(Journal journal) throws JournalException {
        JournalException failure = catchThrowableOfType(JournalException.class, journal::recover);
        disk.heal();
        if (failure != null) {
            assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
            journal.recover();
        }
    }

    private void failToAppend(Journal journal, JournalRecord record) {
        disk.failOnce(Set.of(Step.SYNC), 0);
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> journal.append(record))
                .withMessageContaining("call recover()")
                .returns(Kind.UNKNOWN_OUTCOME, JournalException::kind);
        disk.heal();
    }

    private void requireRefused(Journal journal, JournalRecord record) {
        disk.takeSteps();
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> journal.append(record))
                .withMessageContaining("Call recover() first")
                .returns(Kind.ROLLED_BACK, JournalException::kind);
        assertThat(disk.takeSteps()).isEmpty();
    }

    private static void requireExactly(Path directory, List<JournalRecord> records) throws JournalException {
        try (Journal journal = Journal.open(directory, SMALL)) {
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
    }

    private static void requireExactly(Path directory, int count) throws JournalException {
        try (Journal journal = Journal.open(directory, SMALL)) {
            assertThat(Samples.all(journal)).hasSize(count);
        }
    }
}
