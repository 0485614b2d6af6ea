package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.Backups;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** What the scenarios of backups share: a folder for them, and places to restore to. */
abstract class BackupRehearsal extends UndoRehearsal {
    /** Of the commits and of the backups. */
    final SteeredClock clock = new SteeredClock();

    /** Where backups are made. */
    Path folder;

    @SuppressWarnings("NullAway.Init")
    BackupRehearsal() {}

    @Override
    protected KeepOptions options() {
        return super.options().clock(clock);
    }

    @BeforeEach
    void makeFolder() {
        folder = newFolder("backups");
    }

    /** An empty folder of that name. */
    Path newFolder(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasFiles() {
        return storage.restoreTarget().isPresent();
    }

    /** The backups in the folder; of a storage without files, the test is skipped. */
    Backups backups() {
        Assumptions.assumeTrue(hasFiles(), "The storage has no files");
        return keep.backups(folder);
    }

    /** A handle on what {@code backup} is restored to. */
    RowKeep restored(Backup backup, String name) {
        StorageProvider target = provider(newFolder(name));
        RowKeep.restore(backup.path(), target);
        return RowKeep.open(target, options());
    }

    /** Makes a backup of {@code keep} in a new {@code folder}, looks at it, and restores it to {@code target}. */
    static void backUp(RowKeep keep, Path folder, StorageProvider target) {
        try {
            Backup backup = keep.backups(Files.createDirectories(folder)).create();
            assertThat(RowKeep.verifyBackup(backup.path())).isEqualTo(backup);
            RowKeep.restore(backup.path(), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all that is in {@code where}, hidden or not, but for locks. */
    static List<String> entries(Path where) {
        try (Stream<Path> entries = Files.list(where)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below {@code where}, in the order of their names. */
    static List<Path> files(Path where) {
        try (Stream<Path> paths = Files.walk(where)) {
            return paths.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copyTree(Path from, Path to) {
        try {
            Files.createDirectories(to);
            for (Path file : files(from)) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void assertNothingIn(Path where) {
        assertThat(entries(where)).isEmpty();
    }
}
