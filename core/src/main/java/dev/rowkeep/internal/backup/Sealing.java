package dev.rowkeep.internal.backup;

import dev.rowkeep.backup.Backup;
import dev.rowkeep.internal.file.Durable;
import dev.rowkeep.log.Anchor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Makes a backup of a storage's files in a hidden folder: takes their sums, writes the list, makes all durable, and gives it its name.
 *
 * @param backups where it is to be
 * @param unfinished the hidden folder
 * @param files the names of the storage's files
 */
public record Sealing(BackupFolder backups, Path unfinished, Set<String> files) {
    /**
     * The files that a storage has written into {@code unfinished}.
     *
     * @throws IllegalStateException if it wrote none, or one with a name that may not be
     */
    public static Sealing of(BackupFolder backups, Path unfinished) throws IOException {
        Set<String> files = FolderFiles.names(unfinished);
        if (files.isEmpty() || !files.stream().allMatch(ManifestCodec::isFileName)) {
            throw new IllegalStateException("The storage wrote a copy with files of names that a backup cannot have: "
                    + files + ". This is an error of the storage's adapter.");
        }
        return new Sealing(backups, unfinished, files);
    }

    /** Takes away what opening the copy has put beside its files. Nothing is open any more. */
    public void tidy() throws IOException {
        FolderFiles.keepOnly(unfinished, files);
    }

    /** How much there is to read. */
    public long bytes() throws IOException {
        long bytes = 0;
        for (String file : files) {
            bytes += Files.size(unfinished.resolve(file));
        }
        return bytes;
    }

    /** Makes the backup, of what {@code storage} held at {@code anchor}; tells {@code done} how many bytes are read more. */
    public Backup seal(String storage, Anchor anchor, Instant made, LongConsumer done) throws IOException {
        List<FileSums> sums = new ArrayList<>();
        for (String file : files) {
            sums.add(FileSums.of(unfinished, file, done));
        }
        Manifest manifest = new Manifest(storage, anchor.position(), anchor.hash(), made, sums);
        try (RandomAccessFile list = Durable.newFile(unfinished.resolve(Manifest.NAME))) {
            list.write(ManifestCodec.encode(manifest));
        }
        FolderFiles.sync(unfinished);
        return manifest.at(backups.name(unfinished, made, anchor.position().sequence()));
    }
}
