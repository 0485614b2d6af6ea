package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.storage.duckdb.journal.FailingDisk.Step;
import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DroppingTest {
    @TempDir
    Path parent;

    private final FailingDisk disk = new FailingDisk();
    private Path directory;
    private List<JournalRecord> records;

    /** Four segments: records 1 to 3, 4 to 6, 7 to 9 and 10. */
    @BeforeEach
    void writeJournal() throws Exception {
        directory = parent.resolve("journal");
        records = Samples.write(directory, SMALL, 10);
    }

    @Test
    void onlySegmentsAreDroppedAllOfWhoseRecordsMayGo() throws Exception {
        try (Journal journal = Journal.open(directory, SMALL)) {
            for (long through : new long[] {0, 2, 3, 5, 8, 9, 10, Long.MAX_VALUE}) {
                journal.dropThrough(through);
                int dropped = (int) Math.min(through / 3 * 3, 9);
                assertThat(journal.start().number()).isEqualTo(dropped);
                assertThat(Samples.files(directory)).hasSize(4 - dropped / 3);
                assertThat(Samples.all(journal)).isEqualTo(records.subList(dropped, 10));
            }
        }
        try (Journal journal = Journal.open(directory, SMALL)) {
            assertThat(journal.start()).isEqualTo(records.get(8).after());
            journal.append(Samples.following(journal.last(), new byte[0]));
            assertThat(Samples.all(journal)).hasSize(2);
        }
    }

    @Test
    void segmentIsDurablyGoneBeforeTheNextGoes() throws Exception {
        try (Journal journal = Journal.open(directory, SMALL, disk)) {
            disk.takeSteps();
            journal.dropThrough(6);
            assertThat(disk.takeSteps())
                    .containsExactly(Step.DELETE, Step.SYNC_DIRECTORY, Step.DELETE, Step.SYNC_DIRECTORY);
        }
    }

    @Test
    void failedDropLeavesNoGapAndGoesOnLater() throws Exception {
        for (Step step : EnumSet.of(Step.DELETE, Step.SYNC_DIRECTORY)) {
            for (int passes = 0; passes < 2; passes++) {
                Path copy = Samples.copy(directory, parent.resolve(step + "-" + passes));
                try (Journal journal = Journal.open(copy, SMALL, disk)) {
                    disk.failOnce(EnumSet.of(step), passes);
                    assertThatExceptionOfType(JournalException.class)
                            .isThrownBy(() -> journal.dropThrough(6))
                            .withMessageContaining("drop again")
                            .returns(Kind.ROLLED_BACK, JournalException::kind);
                    assertThat(Samples.all(journal)).isEqualTo(records.subList(6, 10));
                    try (Journal after = Journal.open(Samples.copy(copy, parent.resolve("after")), SMALL)) {
                        assertThat(after.last()).isEqualTo(journal.last());
                    }
                    journal.append(Samples.following(journal.last(), new byte[0]));
                    journal.dropThrough(0);
                    assertThat(Samples.files(copy)).hasSize(2);
                }
            }
        }
    }

    @Test
    void newestSegmentStaysEvenIfEmpty() throws Exception {
        Path other = parent.resolve("other");
        try (Journal journal = Journal.create(other, IDENTITY, BEGINNING, SMALL)) {
            journal.dropThrough(10);
            assertThat(Samples.files(other)).hasSize(1);
        }
        try (Journal journal = Journal.open(other, SMALL)) {
            assertThat(journal.last()).isEqualTo(BEGINNING);
        }
    }
}
