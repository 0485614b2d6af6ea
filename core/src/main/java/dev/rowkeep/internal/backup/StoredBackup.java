package dev.rowkeep.internal.backup;

import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.BackupException;
import dev.rowkeep.backup.BackupException.Damage;
import dev.rowkeep.backup.BackupException.Kind;
import dev.rowkeep.internal.backup.FileSums.DamagedFile;
import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A backup that is there: its folder and its list of files. */
public final class StoredBackup {
    private static final long MOST_MANIFEST_BYTES = 1L << 29;

    private final Path folder;
    private final Manifest manifest;

    private StoredBackup(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * The backup in {@code folder}: its list is as it was written, and the files are there that it names, as long as it says, and no others.
     *
     * @throws BackupException {@code DAMAGED} if that is not so; {@code FAILED} if it cannot be read
     */
    public static StoredBackup at(Path folder) {
        return reading(folder, () -> {
            Path file = folder.resolve(Manifest.NAME);
            if (!Files.isRegularFile(file)) {
                throw new DamagedFile(
                        new Damage(Manifest.NAME, 0, 0), "it is not there, so this is no backup, or a part of one");
            }
            long length = Files.size(file);
            if (length > MOST_MANIFEST_BYTES) {
                throw new DamagedFile(new Damage(Manifest.NAME, 0, length), "it is too long for a list");
            }
            StoredBackup backup = new StoredBackup(folder, ManifestCodec.decode(Files.readAllBytes(file)));
            backup.requireFiles();
            return backup;
        });
    }

    /** The complete backup in {@code folder}, as far as its list tells; empty if there is none. */
    static Optional<Backup> found(Path folder) {
        try {
            return Optional.of(at(folder).backup());
        } catch (BackupException e) {
            return Optional.empty();
        }
    }

    /** What is known of it. */
    public Backup backup() {
        return manifest.at(folder);
    }

    private void requireFiles() throws IOException {
        for (FileSums file : manifest.files()) {
            Path path = folder.resolve(file.name());
            if (!Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                throw new DamagedFile(new Damage(file.name(), 0, file.bytes()), "the file is not there");
            }
            long length = Files.size(path);
            if (length != file.bytes()) {
                throw new DamagedFile(
                        new Damage(file.name(), Math.min(length, file.bytes()), Math.max(length, file.bytes())),
                        "it has " + length + " bytes, and " + file.bytes() + " were written");
            }
        }
        Set<String> expected =
                manifest.files().stream().map(FileSums::name).collect(Collectors.toCollection(TreeSet::new));
        expected.add(Manifest.NAME);
        for (String name : FolderFiles.names(folder)) {
            if (!expected.contains(name)) {
                throw new DamagedFile(
                        new Damage(name, 0, Files.size(folder.resolve(name))),
                        "the file was not written with the backup");
            }
        }
    }

    /**
     * Reads and checks every byte.
     *
     * @throws BackupException {@code DAMAGED} if one is not as it was written; {@code FAILED} if it cannot be read
     */
    public Backup verified() {
        return reading(folder, () -> {
            for (FileSums file : manifest.files()) {
                file.check(folder, (bytes, length) -> {});
            }
            return backup();
        });
    }

    /**
     * Makes a storage of it, checking every byte as it is copied.
     *
     * @throws UnsupportedOperationException if nothing can be restored there
     * @throws IllegalArgumentException if it is of another kind of storage
     * @throws BackupException {@code DAMAGED}, and nothing was restored
     * @throws dev.rowkeep.spi.StorageException if something is there, or it cannot be written
     */
    public Backup restoreTo(StorageProvider target) {
        RestoreTarget place = target.restoreTarget()
                .orElseThrow(() -> new UnsupportedOperationException("Cannot restore to " + target
                        + ": it has no files. Give the storage that the backup is of: " + manifest.storage() + "."));
        if (!place.storage().equals(manifest.storage())) {
            throw new IllegalArgumentException("Cannot restore " + folder + ": it is a backup of a storage "
                    + manifest.storage() + ", and " + target + " is one of " + place.storage()
                    + ". Nothing was restored; give a storage of the same kind.");
        }
        List<FileSums> files = manifest.files();
        place.restore(new CheckedFiles(folder, files));
        return backup();
    }

    @FunctionalInterface
    private interface Reading<R> {
        R read() throws IOException;
    }

    private static <R> R reading(Path folder, Reading<R> reading) {
        try {
            return reading.read();
        } catch (DamagedFile e) {
            throw damaged(folder, e);
        } catch (IOException e) {
            throw BackupException.of(
                    Kind.FAILED,
                    "Cannot read the backup " + folder + " (" + e.getClass().getSimpleName()
                            + "). Check that it is there and may be read by this user, and that the disk works.",
                    e);
        }
    }

    static BackupException damaged(Path folder, DamagedFile e) {
        return BackupException.damaged(folder.toString(), e.damage(), String.valueOf(e.getMessage()));
    }
}
