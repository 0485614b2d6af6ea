package dev.rowkeep.backup;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.Anchor;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A whole storage as of one commit, in a folder.
 *
 * @param path the folder
 * @param position the newest commit that is in it
 * @param hash the log's hash up to there
 * @param made when it was made, by the handle's clock
 * @param bytes how much the storage's files in it are, without the list of them
 * @param storage the name of the storage that it is of, and that it can be restored to
 */
public record Backup(Path path, Position position, ChainHash hash, Instant made, long bytes, String storage) {
    /** Its newest commit and that one's hash, to be kept elsewhere and to verify a restored log against. */
    public Anchor anchor() {
        return new Anchor(position, hash);
    }
}
