package dev.rowkeep.internal.backup;

import dev.rowkeep.backup.Backup;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The list of what is in a backup.
 *
 * @param storage the storage's name
 * @param position the newest commit
 * @param hash its hash
 * @param made when the backup was made
 * @param files all files but the list itself, in the order of their names
 */
public record Manifest(String storage, Position position, ChainHash hash, Instant made, List<FileSums> files) {
    /** The name of the list's own file. */
    public static final String NAME = "backup.json";

    /** Copies the list. */
    public Manifest {
        files = List.copyOf(files);
    }

    /** The backup whose list this is. */
    Backup at(Path folder) {
        return new Backup(
                folder,
                position,
                hash,
                made,
                files.stream().mapToLong(FileSums::bytes).sum(),
                storage);
    }
}
