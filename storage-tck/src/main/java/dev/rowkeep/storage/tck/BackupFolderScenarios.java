package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.BackupException;
import dev.rowkeep.backup.BackupException.Kind;
import dev.rowkeep.backup.BackupProgress;
import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A folder of backups: their names, what is listed, kept and removed, and what of a failure stays, which is nothing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class BackupFolderScenarios extends BackupRehearsal {
    /** For the fixture's author. */
    protected BackupFolderScenarios() {}

    private static String name(Backup backup) {
        return String.valueOf(backup.path().getFileName());
    }

    @Test
    void aBackupGetsANameOfItsTimeAndPlaceThatNothingHas() {
        store.insert(template("t1"));
        Backup first = backups().create();
        assertThat(name(first)).isEqualTo("rowkeep-2026-11-26T12-00-00.000Z-1");
        List<Path> held = files(first.path());
        Backup second = backups().create();
        assertThat(name(second)).isEqualTo("rowkeep-2026-11-26T12-00-00.000Z-1-2");
        assertThat(files(first.path())).isEqualTo(held);
        assertThat(RowKeep.verifyBackup(first.path())).isEqualTo(first);
        assertThat(backups().list()).containsExactly(first, second);
    }

    @Test
    void onlyWholeBackupsOfThisStorageAreListedAndTheOldestOfThemRemoved() throws IOException {
        List<Backup> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clock.move(Duration.ofMinutes(1));
            store.insert(template("t" + i));
            made.add(backups().create());
        }
        Backup others = backupOfAnotherStorage();
        copyTree(made.get(0).path(), folder.resolve("rowkeep-without-its-list"));
        Files.delete(folder.resolve("rowkeep-without-its-list").resolve("backup.json"));
        copyTree(made.get(0).path(), folder.resolve("rowkeep-cut-off"));
        try (RandomAccessFile cut =
                new RandomAccessFile(dataFile(folder.resolve("rowkeep-cut-off")).toFile(), "rw")) {
            cut.setLength(cut.length() - 1);
        }
        Files.createDirectory(folder.resolve("letters"));
        Files.writeString(folder.resolve("backup.json"), "{}");

        assertThat(backups().list()).isEqualTo(made);
        List<String> before = new ArrayList<>(entries(folder));
        assertThat(backups().keep(4)).isEmpty();
        assertThat(entries(folder)).isEqualTo(before);
        assertThat(backups().keep(2)).isEqualTo(made.subList(0, 2));
        assertThat(backups().list()).isEqualTo(made.subList(2, 4));
        before.removeAll(List.of(name(made.get(0)), name(made.get(1))));
        assertThat(entries(folder)).isEqualTo(before).contains(name(others));
        assertThatIllegalArgumentException().isThrownBy(() -> backups().keep(0));
    }

    private Backup backupOfAnotherStorage() {
        try (RowKeep other = RowKeep.open(provider(newFolder("other")), options())) {
            other.store(templates).insert(template("t1"));
            return other.backups(folder).create();
        }
    }

    private static Path dataFile(Path backup) {
        return files(backup).stream()
                .filter(file -> !file.endsWith("backup.json"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFolderThatIsNoneIsRefused() throws IOException {
        backups();
        Path file = Files.writeString(directory.resolve("file"), "a letter");
        for (Path none : List.of(directory.resolve("nowhere"), file, file.resolve("below"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> keep.backups(none))
                    .withMessageContaining("Create it first");
        }
        Files.delete(folder);
        BackupSource unused = where -> {
            throw new AssertionError("copied to " + where);
        };
        storage.onCopy(source -> unused);
        Path gone = newFolder("gone");
        var backups = keep.backups(gone);
        Files.delete(gone);
        assertFails(Kind.FAILED, backups::create);
        assertFails(Kind.FAILED, backups::list);
    }

    @Test
    void aFolderThatMayNotBeWrittenIsATypedError() throws IOException {
        backups();
        Path system = Path.of("/proc");
        Assumptions.assumeTrue(Files.isDirectory(system), "There is no folder that nobody may write");
        assertFails(Kind.FAILED, () -> keep.backups(system).create());
        assertThat(keep.backups(system).list()).isEmpty();
    }

    private static void assertFails(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(BackupException.class).isThrownBy(call).matches(e -> e.kind() == kind, "is " + kind);
    }

    @Test
    void whatACrashedMakingLeftIsTakenAwayButNotWhatAnotherProcessIsMaking() throws IOException {
        store.insert(template("t1"));
        Backup backup = backups().create();
        copyTree(backup.path(), folder.resolve(".rowkeep-crashed.tmp"));
        copyTree(backup.path(), folder.resolve(".rowkeep-mine"));
        Files.writeString(folder.resolve(".rowkeep-file.tmp"), "not a folder");
        List<String> left = entries(folder);
        try (RandomAccessFile file = new RandomAccessFile(
                        folder.resolve(".rowkeep-backups.lock").toFile(), "rw");
                FileLock others = file.getChannel().lock()) {
            assertThat(others.isValid()).isTrue();
            assertFails(Kind.BUSY, () -> backups().create());
            assertFails(Kind.BUSY, () -> backups().keep(1));
            assertThat(entries(folder)).isEqualTo(left);
            assertThat(backups().list()).containsExactly(backup);
        }
        Backup next = backups().create();
        assertThat(entries(folder))
                .containsExactlyInAnyOrder(name(backup), name(next), ".rowkeep-mine", ".rowkeep-file.tmp");
    }

    @Test
    void whoMakesOneKeepsOthersFromMakingAnother() {
        store.insert(template("t1"));
        backups()
                .onProgress(progress -> {
                    if (progress.stage() == BackupProgress.Stage.VERIFYING) {
                        meanwhile(() -> {
                            assertFails(Kind.BUSY, () -> keep.backups(folder).create());
                            assertFails(Kind.BUSY, () -> keep.backups(folder).keep(1));
                            return keep.backups(folder).list();
                        });
                    }
                })
                .create();
        assertThat(entries(folder)).hasSize(1);
    }

    @Test
    void aCopyThatFailsLeavesNothing() {
        store.insert(template("t1"));
        backups();
        storage.onCopy(source -> where -> {
            source.copyTo(where);
            throw new StorageException(StorageException.Kind.ROLLED_BACK, "There is no space left on the disk", null);
        });
        assertThatThrownBy(() -> backups().create())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no space");
        assertNothingIn(folder);
        storage.onCopy(UnaryOperator.identity());
        assertThat(backups().list()).isEmpty();
        Backup backup = backups().create();
        assertThat(RowKeep.verifyBackup(backup.path())).isEqualTo(backup);
    }

    @Test
    void aCopyThatDoesNotVerifyGetsNoName() {
        store.insert(template("needle"));
        Backup old = backups().create();
        store.insert(template("t2"));
        storage.onCopy(source -> where -> {
            StorageProvider copy = source.copyTo(where);
            files(where).forEach(file -> changed(file, "name of needle"));
            return copy;
        });
        assertFails(Kind.UNVERIFIED, () -> backups().create());
        assertThat(entries(folder)).containsExactly(name(old));

        storage.onCopy(source -> where -> {
            StorageProvider copy = source.copyTo(where);
            replaceBy(old, where);
            return copy;
        });
        assertFails(Kind.UNVERIFIED, () -> backups().create());
        assertThat(entries(folder)).containsExactly(name(old));
    }

    /** Changes the first of these words in a file. */
    private static void changed(Path file, String words) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(words);
            if (at >= 0) {
                bytes[at] ^= 1;
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replaceBy(Backup old, Path where) {
        try {
            for (Path file : files(where)) {
                Files.delete(file);
            }
            for (Path file : files(old.path())) {
                if (!file.endsWith("backup.json")) {
                    Files.copy(file, where.resolve(old.path().relativize(file).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the short form, some bytes of each file: those of a list, and of small files, are all flipped in core's tests. */
    @Test
    void flippedBytesAreRefusedWithTheirPlace() throws IOException {
        store.insert(template("t1"));
        Backup backup = backups().create();
        for (Path path : files(backup.path())) {
            String name = backup.path().relativize(path).toString();
            long length = Files.size(path);
            long step = isLong() ? 1 : 1 + length / 150;
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                for (long at = 0; at < length; at += step) {
                    flip(file, at);
                    assertFlipFound(backup, name, at);
                    flip(file, at);
                }
            }
        }
        assertThat(RowKeep.verifyBackup(backup.path())).isEqualTo(backup);
    }

    private static void flip(RandomAccessFile file, long at) throws IOException {
        file.seek(at);
        int before = file.read();
        file.seek(at);
        file.write(before ^ 1);
    }

    private static void assertFlipFound(Backup backup, String name, long at) {
        assertThatExceptionOfType(BackupException.class)
                .as("byte %s of %s flipped", at, name)
                .isThrownBy(() -> RowKeep.verifyBackup(backup.path()))
                .matches(e -> e.damage()
                        .filter(damage -> damage.file().equals(name) && damage.from() <= at && at < damage.to())
                        .isPresent());
    }

    @Test
    void filesThatAreMissingExtraCutOrRenamedAreNamed() throws IOException {
        store.insert(template("t1"));
        Backup backup = backups().create();
        Path file = dataFile(backup.path());
        String name = backup.path().relativize(file).toString();
        byte[] bytes = Files.readAllBytes(file);

        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        assertDamaged(backup, name, bytes.length - 3, bytes.length);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length + 2));
        assertDamaged(backup, name, bytes.length, bytes.length + 2);
        Files.move(file, file.resolveSibling("renamed"));
        assertDamaged(backup, name, 0, bytes.length);
        Files.delete(file.resolveSibling("renamed"));
        assertDamaged(backup, name, 0, bytes.length);
        Files.write(file, bytes);
        Files.write(backup.path().resolve("more"), new byte[] {1, 2});
        assertDamaged(backup, "more", 0, 2);
        Files.delete(backup.path().resolve("more"));
        assertThat(RowKeep.verifyBackup(backup.path())).isEqualTo(backup);
        Files.delete(backup.path().resolve("backup.json"));
        assertDamaged(backup, "backup.json", 0, 0);
    }

    private void assertDamaged(Backup backup, String file, long from, long to) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> RowKeep.verifyBackup(backup.path()))
                .matches(e -> e.damage().equals(java.util.Optional.of(new BackupException.Damage(file, from, to))))
                .withMessageContaining(file + ", bytes " + from + " to " + to);
        Path target = newFolder("target" + entries(directory).size());
        assertFails(Kind.DAMAGED, () -> RowKeep.restore(backup.path(), provider(target)));
        assertNothingIn(target);
        assertThat(backups().list()).isEmpty();
    }
}
