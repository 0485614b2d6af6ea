package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.BackupException;
import dev.rowkeep.backup.BackupProgress;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.BackupFiles;
import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store is backed up while it is worked on, and restored elsewhere. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class BackupScenarios extends BackupRehearsal {
    private static final int WRITERS = 8;

    /** Of each writer, in the short form: what is backed up must be verified too. */
    private static final long MOST_WRITES = isLong() ? 5_000 : 100;

    /** For the fixture's author. */
    protected BackupScenarios() {}

    private Edit<String, Row> use(String id) {
        return Edit.update(templates, id).add(USES, 1L);
    }

    @Test
    void aStorageWithoutFilesSaysWhatToDo() {
        org.junit.jupiter.api.Assumptions.assumeFalse(hasFiles(), "The storage has files");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> keep.backups(folder))
                .withMessageContaining("no files")
                .withMessageContaining("Use one that has");
    }

    @Test
    void whatIsRestoredIsWhatWasBackedUp() {
        for (int i = 0; i < 40; i++) {
            store.as(ana()).insert(template("t" + i));
        }
        for (int i = 0; i < 40; i++) {
            set(ben(), "t7", i);
        }
        store.as(ana()).delete("t3");
        accounts.insert(account("a", 5));
        WriteResult<String, Row> answer = store.as(ana().forRequest("r1")).apply(use("t1"));
        land(ana().undo());
        List<String> held = contents(keep);

        Backup backup = backups().create();
        set(ben(), "t1", 99);

        assertThat(backup.position().sequence()).isEqualTo(keep.log().head().sequence() - 1);
        assertThat(backup.made()).isEqualTo(clock.instant());
        assertThat(backup.path().getParent())
                .isEqualTo(keep.backups(folder).list().get(0).path().getParent());
        assertThat(RowKeep.verifyBackup(backup.path())).isEqualTo(backup);
        try (RowKeep again = restored(backup, "elsewhere")) {
            assertThat(contents(again)).isEqualTo(held);
            assertThat(again.log().anchor()).isEqualTo(backup.anchor());
            assertThat(again.log().verify(backup.anchor()).problem()).isEmpty();
            assertThat(again.log().start()).isEqualTo(keep.log().start());
            RecordStore<String, Row> restored = again.store(templates);
            assertThat(restored.as(again.session(ana().author()).forRequest("r1"))
                            .apply(use("t1")))
                    .isEqualTo(
                            new WriteResult.Duplicate<>(answer, answer.orThrow().position()));
            assertThat(again.session(ana().author()).toRedo()).isEqualTo(ana().toRedo());
            assertThat(again.session(ana().author()).toUndo()).isEqualTo(ana().toUndo());
            restored.insert(template("more"));
            assertThat(again.log().head().sequence())
                    .isEqualTo(backup.position().sequence() + 1);
            assertThat(again.log().verify().problem()).isEmpty();
        }
    }

    /** Records, each one's history, the log. */
    private List<String> contents(RowKeep of) {
        List<String> lines = new ArrayList<>();
        RecordStore<String, Row> records = of.store(templates);
        records.query().list().forEach(record -> lines.add(record.toString()));
        of.store(ACCOUNTS).query().list().forEach(record -> lines.add(record.toString()));
        for (String key : List.of("t1", "t3", "t7")) {
            records.history(key).forEach(version -> lines.add(version.toString()));
        }
        of.log().read(of.log().start(), 10_000).forEach(commit -> lines.add(commit.toString()));
        return lines;
    }

    @Test
    void aBackupBesideWritersIsOneCommitAndHoldsAllThatWasAcknowledged() {
        backups();
        AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);
        AtomicBoolean isOver = new AtomicBoolean();
        for (int i = 0; i < WRITERS; i++) {
            store.insert(template("w" + i));
            accounts.insert(account("w" + i, 0));
        }
        List<Backup> made = new ArrayList<>();
        List<long[]> least = new ArrayList<>();
        long[] last = new long[WRITERS];
        try (Crew crew = new Crew()) {
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                crew.start(() -> {
                    for (long n = 1; n <= MOST_WRITES && !isOver.get(); n++) {
                        long uses = n;
                        keep.inTransaction(tx -> {
                            tx.on(store).update("w" + writer, row -> row.with(USES, uses));
                            set(tx.on(accounts), "w" + writer, uses);
                            return uses;
                        });
                        acknowledged.set(writer, n);
                    }
                });
            }
            try {
                for (int round = 0; round < 2; round++) {
                    long before = acknowledged.get(0);
                    while (acknowledged.get(0) < Math.min(before + 5, MOST_WRITES)) {
                        Thread.onSpinWait();
                    }
                    least.add(snapshot(acknowledged));
                    made.add(keep.backups(folder).create());
                }
                assertThat(acknowledged.get(0)).as("writers went on").isGreaterThan(least.get(0)[0]);
            } finally {
                isOver.set(true);
            }
        }
        for (int round = 0; round < made.size(); round++) {
            try (RowKeep again = restored(made.get(round), "restored" + round)) {
                for (int i = 0; i < WRITERS; i++) {
                    long uses = again.store(templates)
                            .get("w" + i)
                            .orElseThrow()
                            .value()
                            .require(USES);
                    assertThat(uses).isGreaterThanOrEqualTo(least.get(round)[i]).isGreaterThanOrEqualTo(last[i]);
                    assertThat(again.store(ACCOUNTS)
                                    .get("w" + i)
                                    .orElseThrow()
                                    .value()
                                    .require(AMOUNT))
                            .isEqualTo(uses);
                    last[i] = uses;
                }
                Position head = again.log().head();
                assertThat(head).isEqualTo(made.get(round).position());
                assertThat(keep.log().verify(again.log().anchor()).problem()).isEmpty();
                assertThat(again.log().verify(made.get(round).anchor()).problem())
                        .isEmpty();
            }
        }
    }

    private static long[] snapshot(AtomicLongArray counts) {
        long[] now = new long[counts.length()];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts.get(i);
        }
        return now;
    }

    @Test
    void aHandleForReadingMakesBackupsAndAnInterruptDoesNoHarm() {
        backups();
        store.insert(template("t1"));
        keep.close();
        try (RowKeep reading = RowKeep.openReadOnly(provider(directory), options())) {
            Thread.currentThread().interrupt();
            Backup backup;
            boolean isInterrupted;
            try {
                backup = reading.backups(folder).create();
            } finally {
                isInterrupted = Thread.interrupted();
            }
            assertThat(isInterrupted).isTrue();
            assertThat(backup.anchor()).isEqualTo(reading.log().anchor());
            assertThat(reading.backups(folder).list()).containsExactly(backup);
        }
        keep = RowKeep.open(storage, options());
    }

    @Test
    void restoringOverwritesNothing() throws IOException {
        store.insert(template("t1"));
        Backup backup = backups().create();
        store.insert(template("t2"));
        assertThatThrownBy(() -> RowKeep.restore(backup.path(), provider(directory)))
                .isInstanceOf(StorageException.class);
        assertThat(store.exists("t2")).isTrue();
        keep.close();
        List<Path> files = files(directory);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> RowKeep.restore(backup.path(), provider(directory)))
                .withMessageContaining("is there already")
                .matches(e -> e.kind() == StorageException.Kind.PERMANENT);
        assertThat(files(directory)).isEqualTo(files);
        keep = RowKeep.open(storage, options());
        assertThat(keep.store(templates).exists("t2")).isTrue();

        for (Path file : files) {
            if (file.startsWith(folder)
                    || file.toString().endsWith(".lock")
                    || file.toString().endsWith(".counters")) {
                continue;
            }
            Path other = Files.createTempDirectory(directory, "part");
            Path left = other.resolve(directory.relativize(file).toString());
            Files.createDirectories(left.getParent());
            Files.writeString(left, "left by something");
            assertThatExceptionOfType(StorageException.class)
                    .as("over %s", left)
                    .isThrownBy(() -> RowKeep.restore(backup.path(), provider(other)));
            assertThat(files(other))
                    .filteredOn(any -> !any.toString().endsWith(".lock"))
                    .containsExactly(left);
            assertThat(left).hasContent("left by something");
        }
    }

    @Test
    void aDamagedBackupIsNotRestoredAndLeavesNothing() throws IOException {
        for (int i = 0; i < 200; i++) {
            store.insert(template("t" + i));
        }
        Backup backup = backups().create();
        Path largest = files(backup.path()).stream()
                .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(largest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(largest, bytes);
        Path target = newFolder("target");

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> RowKeep.restore(backup.path(), provider(target)))
                .matches(e -> e.kind() == BackupException.Kind.DAMAGED)
                .matches(e -> e.damage().orElseThrow().to() == bytes.length);
        assertNothingIn(target);

        bytes[bytes.length - 1] ^= 1;
        Files.write(largest, bytes);
        RowKeep.restore(backup.path(), provider(target));
        RowKeep.open(provider(target), options()).close();
    }

    @Test
    void aBackupIsRestoredToItsOwnKindOfStorageOnly() {
        store.insert(template("t1"));
        Backup backup = backups().create();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> RowKeep.restore(backup.path(), MemoryStorage.create()))
                .withMessageContaining(backup.storage());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowKeep.restore(backup.path(), new OtherKind()))
                .withMessageContaining("a backup of a storage " + backup.storage());
    }

    /** A storage of another kind. */
    private static final class OtherKind implements StorageProvider, RestoreTarget {
        @Override
        public Storage open(Access access) {
            throw new AssertionError("opened");
        }

        @Override
        public Optional<RestoreTarget> restoreTarget() {
            return Optional.of(this);
        }

        @Override
        public String storage() {
            return "other";
        }

        @Override
        public void restore(BackupFiles files) {
            throw new AssertionError("restored");
        }
    }

    @Test
    void progressIsToldAndItsListenerMayEndTheMaking() {
        store.insert(template("t1"));
        List<BackupProgress> told = new ArrayList<>();
        Backup backup = backups().onProgress(told::add).create();
        assertThat(told.stream().map(BackupProgress::stage).distinct()).containsExactly(BackupProgress.Stage.values());
        BackupProgress last = told.get(told.size() - 1);
        assertThat(last).isEqualTo(new BackupProgress(BackupProgress.Stage.SEALING, backup.bytes(), backup.bytes()));
        assertThat(told)
                .filteredOn(progress -> progress.stage() == BackupProgress.Stage.SEALING)
                .extracting(BackupProgress::bytes)
                .startsWith(0L)
                .isSorted();

        for (BackupProgress.Stage stage : BackupProgress.Stage.values()) {
            assertThatThrownBy(() -> backups()
                            .onProgress(progress -> {
                                if (progress.stage() == stage) {
                                    throw new IllegalStateException("enough");
                                }
                            })
                            .create())
                    .hasMessage("enough");
            assertThat(entries(folder))
                    .containsExactly(backup.path().getFileName().toString());
        }
    }
}
