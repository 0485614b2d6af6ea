package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.error.ClosedException;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.snapshot.SnapshotException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files of snapshots: whole or not at all, never trusted, and never missed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class SnapshotFileScenarios extends SnapshotRehearsal {
    /** For the fixture's author. */
    protected SnapshotFileScenarios() {}

    @BeforeEach
    void requireFiles() {
        assumeFiles();
    }

    /** Enough on either side that a view of the snapshot's place is made from its file, and what that shows. */
    private List<VersionedRecord<String, Row>> surrounded(String name) {
        busy(40);
        Position place = snapshots().create(name).position();
        List<VersionedRecord<String, Row>> then = store.query().list();
        busy(40);
        assertThat(next(KeepEvent.SnapshotMade.class).snapshot()).isEqualTo(name);
        assertThat(commitsReadFor(place, then)).isZero();
        return then;
    }

    private Position place(String name) {
        return snapshots().find(name).orElseThrow().position();
    }

    @Test
    void filesAreTheirOwnersOnly() throws IOException {
        assertThat(folder()).doesNotExist();
        snapshots().create("s");
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
            for (Path path : List.of(file(), folder().resolve("lock"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aMissingFileCostsTimeAndNothingElse() throws IOException {
        List<VersionedRecord<String, Row>> then = surrounded("s");
        Files.delete(file());
        assertThat(commitsReadFor(place("s"), then)).isPositive();
        KeepEvent.SnapshotUnusable told = next(KeepEvent.SnapshotUnusable.class);
        assertThat(told.snapshot()).isEqualTo("s");
        assertThat(told.problem()).contains("missing");
        assertThat(snapshots().verify("s")).get().asString().contains("missing");
        assertThat(snapshots().drop("s")).isTrue();
        assertThat(snapshots().create("s").records()).isEqualTo(1);
        assertThat(snapshots().verify("s")).isEmpty();
    }

    /** Whichever byte it is, the view is right, and verifying names it. */
    @Test
    void aDamagedFileIsToldOfAndNeverGivesWrongData() throws IOException {
        List<VersionedRecord<String, Row>> then = surrounded("s");
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        int told = 0;
        for (int at = 0; at < whole.length; at += 1 + at % 13) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertThat(viewed(place("s"))).as("byte %d", at).isEqualTo(then);
            assertThat(snapshots().verify("s")).get().asString().contains("damaged at byte");
            for (KeepEvent event = events.poll(); event != null; event = events.poll()) {
                assertThat(((KeepEvent.SnapshotUnusable) event).problem()).contains(String.valueOf(file.getFileName()));
                told++;
            }
        }
        assertThat(told).isPositive();
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThat(commitsReadFor(place("s"), then)).isPositive();
        next(KeepEvent.SnapshotUnusable.class);
        Files.write(file, whole);
        assertThat(commitsReadFor(place("s"), then)).isZero();
    }

    /** It is sound, but of another place. */
    @Test
    void theFileOfAnotherSnapshotIsNotTaken() throws IOException {
        List<VersionedRecord<String, Row>> then = surrounded("s");
        Path first = file();
        snapshots().create("later");
        next(KeepEvent.SnapshotMade.class);
        Path second =
                files().stream().filter(file -> !file.equals(first)).findFirst().orElseThrow();
        Files.write(first, Files.readAllBytes(second));
        assertThat(viewed(place("s"))).isEqualTo(then);
        assertThat(next(KeepEvent.SnapshotUnusable.class).problem()).contains("another place");
        assertThat(snapshots().verify("s")).isPresent();
    }

    @Test
    void aCrashBetweenTheFileAndItsRecordLeavesNothing() throws IOException {
        surrounded("kept");
        Path kept = file();
        keep.close();
        Path orphan = folder().resolve("00000000-0000-0000-0000-00000000000a.snapshot");
        Path unfinished = folder().resolve("00000000-0000-0000-0000-00000000000b.snapshot.1-1.tmp");
        Files.copy(kept, orphan);
        Files.write(unfinished, new byte[] {1, 2, 3});
        keep = RowKeep.openReadOnly(storage, options());
        assertThat(orphan).exists();
        reopen();
        assertThat(files()).containsExactly(kept);

        Files.copy(kept, orphan);
        snapshots().create("next");
        assertThat(orphan).doesNotExist();
        assertThat(files()).hasSize(2);
        assertThat(names()).containsExactly("kept", "next");
    }

    @Test
    void aRecordThatIsNotCommittedTakesItsFileWithIt() {
        busy(2);
        snapshots().create("first");
        storage.next(Fault.permanent());
        assertThatThrownBy(() -> snapshots().create("s")).isInstanceOf(RuntimeException.class);
        assertThat(names()).containsExactly("first");
        assertThat(files()).hasSize(1);
        assertThat(snapshots().create("s").records()).isEqualTo(1);
    }

    @Test
    void ofAnUnknownOutcomeTheFileStaysUntilTheRecordTells() {
        busy(2);
        snapshots().create("first");
        storage.next(Fault.lostAcknowledgement());
        assertThat(made("s")).isTrue();
        assertThat(snapshots().verify("s")).isEmpty();
        storage.next(Fault.lostRequest());
        assertThat(made("t")).isFalse();

        storage.failRecoveries(1).next(Fault.unknownAndWritten());
        assertThatExceptionOfType(UnknownOutcomeException.class)
                .isThrownBy(() -> snapshots().create("u"));
        busy(1);
        assertThat(snapshots().verify("u")).isEmpty();
        reopen();
        assertThat(names()).containsExactly("first", "s", "u");
        assertThat(files()).hasSize(3);
    }

    /** Whether a snapshot is there after an attempt to make it. */
    private boolean made(String name) {
        try {
            snapshots().create(name);
        } catch (UnknownOutcomeException e) {
            // That is to be seen.
        } catch (RuntimeException e) {
            busy(1);
            assertThat(snapshots().find(name)).isEmpty();
        }
        busy(1);
        return snapshots().find(name).isPresent();
    }

    @Test
    void anotherProcessesFileInTheMakingIsLeftAlone() throws Exception {
        snapshots().create("s");
        keep.close();
        Path theirs = folder().resolve("00000000-0000-0000-0000-00000000000c.snapshot.9-1.tmp");
        Files.write(theirs, new byte[] {1});
        Future<Snapshot> waiting;
        try (RandomAccessFile held =
                        new RandomAccessFile(folder().resolve("lock").toFile(), "rw");
                FileLock lock = held.getChannel().lock()) {
            assertThat(lock.isValid()).isTrue();
            reopen();
            assertThat(theirs).exists();
            assertThat(snapshots().drop("s")).isTrue();
            assertThat(files()).containsExactly(theirs);
            waiting = threads.submit(() -> snapshots().create("mine"));
            busy(3);
            assertThat(waiting.isDone()).isFalse();
        }
        assertThat(waiting.get(30, TimeUnit.SECONDS).name()).isEqualTo("mine");
        assertThat(theirs).doesNotExist();
    }

    @Test
    void whoWaitsForAnotherProcessGivesUpWhenTheHandleIsClosed() throws Exception {
        snapshots().create("s");
        try (RandomAccessFile held =
                        new RandomAccessFile(folder().resolve("lock").toFile(), "rw");
                FileLock lock = held.getChannel().lock()) {
            assertThat(lock.isValid()).isTrue();
            Future<Snapshot> waiting = threads.submit(() -> snapshots().create("mine"));
            keep.close();
            assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                    .isThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(ClosedException.class);
        }
        reopen();
        assertThat(names()).containsExactly("s");
    }

    @Test
    void aFileThatCannotBeWrittenFailsTheSnapshotAlone() throws IOException {
        busy(3);
        Files.write(folder(), new byte[] {1}); // A file, where the folder belongs.
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> snapshots().create("s"))
                .withMessageContaining("Nothing was made");
        busy(3);
        assertThat(names()).isEmpty();
        Files.delete(folder());
        assertThat(snapshots().create("s").records()).isEqualTo(1);
    }

    @Test
    void anInterruptOfWhoMakesOneDoesNoHarm() {
        busy(3);
        Thread.currentThread().interrupt();
        try {
            snapshots().create("s");
        } catch (RuntimeException e) {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(files()).hasSize(names().size());
        snapshots().create("t");
        assertThat(snapshots().verify("t")).isEmpty();
        busy(1);
        assertThat(keep.log().verify().problem()).isEmpty();
    }
}
