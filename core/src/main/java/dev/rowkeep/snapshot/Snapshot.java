package dev.rowkeep.snapshot;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;
import java.time.Instant;

/**
 * A name for a place in the log, at which the full state is kept: {@code store.asOf(snapshot.position())} opens it, {@code store.diff} compares
 * it. A value, which stays what it is when the snapshot is dropped.
 *
 * @param name its name
 * @param position the newest commit that it shows
 * @param hash the log's hash up to there, which may be kept elsewhere as an anchor
 * @param time when it was made
 * @param author who made it
 * @param records how many records the application's stores had
 */
public record Snapshot(String name, Position position, ChainHash hash, Instant time, Author author, long records) {
    /** Whether a {@link SnapshotPolicy} made it, and will drop it. */
    public boolean isAutomatic() {
        return name.startsWith(Snapshots.AUTOMATIC);
    }
}
