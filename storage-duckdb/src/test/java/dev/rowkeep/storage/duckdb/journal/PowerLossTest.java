package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whenever the power goes, the acknowledged records are there afterwards, and at most the one that was being written besides. */
final class PowerLossTest {
    private static final String JOURNAL = "journal";

    @TempDir
    Path parent;

    private Path directory;
    private PowerLossDisk disk;

    /** All that were appended, the last of them perhaps not acknowledged. */
    private final List<JournalRecord> attempted = new ArrayList<>();

    private boolean isCreated;
    private int acknowledged;
    private long dropped;
    private int images;

    @BeforeEach
    void prepare() throws Exception {
        Path live = Files.createDirectory(parent.resolve("live"));
        directory = live.resolve(JOURNAL);
        disk = new PowerLossDisk(live, this::check);
    }

    @Test
    void acknowledgedRecordsOutlastEveryStepOfAppending() throws Exception {
        try (Journal journal = create()) {
            for (int i = 0; i < 8; i++) {
                append(journal);
            }
        }
        assertThat(images).isGreaterThan(100);
    }

    @Test
    void acknowledgedRecordsOutlastEveryStepOfDropping() throws Exception {
        try (Journal journal = create()) {
            for (int i = 0; i < 10; i++) {
                append(journal);
            }
            dropped = 9;
            journal.dropThrough(dropped);
            append(journal);
        }
    }

    @Test
    void acknowledgedRecordsOutlastEveryStepOfRecovering() throws Exception {
        try (Journal journal = create()) {
            for (int i = 0; i < 5; i++) {
                append(journal);
                failToAppend(journal);
                journal.recover();
                attempted.remove(attempted.size() - 1);
                requireDurable(journal);
            }
        }
    }

    @Test
    void whatAnOpeningFoundIsDurableEvenIfItsSyncHadFailed() throws Exception {
        try (Journal journal = create()) {
            append(journal);
            append(journal);
            failToAppend(journal);
        }
        try (Journal journal = Journal.open(directory, SMALL, disk)) {
            assertThat(journal.last().number()).isEqualTo(3);
            acknowledged = 3;
            requireDurable(journal);
            append(journal);
            requireDurable(journal);
        }
    }

    @Test
    void tornTailIsDurablyCutBeforeOpenReturns() throws Exception {
        try (Journal journal = create()) {
            append(journal);
            append(journal);
        }
        try (RandomAccessFile file = disk.open(directory.resolve("00000000000000000001.rkj"))) {
            file.seek(file.length());
            disk.write(file, new byte[50], 50);
            disk.sync(file);
        }
        try (Journal journal = Journal.open(directory, SMALL, disk)) {
            requireDurable(journal);
            assertThat(disk.worst().get(JOURNAL + "/00000000000000000001.rkj"))
                    .isEqualTo(Files.readAllBytes(directory.resolve("00000000000000000001.rkj")))
                    .hasSize(SegmentFormat.HEADER_BYTES + 2 * (SegmentFormat.OVERHEAD_BYTES + 20));
        }
    }

    private Journal create() throws JournalException {
        Journal journal = Journal.create(directory, IDENTITY, BEGINNING, SMALL, disk);
        isCreated = true;
        return journal;
    }

    private void append(Journal journal) throws JournalException {
        attempt(journal);
        acknowledged++;
    }

    private void attempt(Journal journal) throws JournalException {
        JournalRecord record = Samples.following(journal.last(), new byte[20]);
        attempted.add(record);
        journal.append(record);
    }

    private void failToAppend(Journal journal) {
        disk.failNextSync();
        assertThatExceptionOfType(JournalException.class).isThrownBy(() -> attempt(journal));
    }

    /** What the journal says is there is what the power leaves. */
    private void requireDurable(Journal journal) throws IOException {
        Path loss = materialize(disk.worst());
        try (Journal after = Journal.open(loss, SMALL)) {
            assertThat(after.last()).isEqualTo(journal.last());
            assertThat(Samples.all(after)).isEqualTo(Samples.all(journal));
        }
        Samples.delete(loss.getParent());
    }

    private void check(List<Map<String, byte[]>> losses) throws IOException {
        for (Map<String, byte[]> each : losses) {
            Path loss = materialize(each);
            if (isCreated || Files.exists(loss)) {
                try (Journal journal = Journal.open(loss, SMALL)) {
                    int start = (int) journal.start().number();
                    int last = (int) journal.last().number();
                    assertThat((long) start).isLessThanOrEqualTo(dropped);
                    assertThat(last).isBetween(acknowledged, attempted.size());
                    assertThat(Samples.all(journal)).isEqualTo(attempted.subList(start, last));
                }
            }
            Samples.delete(loss.getParent());
            images++;
        }
    }

    private Path materialize(Map<String, byte[]> image) throws IOException {
        Path root = Files.createTempDirectory(parent, "loss");
        for (Map.Entry<String, byte[]> each : image.entrySet()) {
            Path file = root.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return root.resolve(JOURNAL);
    }
}
