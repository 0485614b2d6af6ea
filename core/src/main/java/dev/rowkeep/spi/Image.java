package dev.rowkeep.spi;

import dev.rowkeep.commit.Author;
import org.jspecify.annotations.Nullable;

/**
 * A record as the storage holds it. The array of cells is shared and must never be written to.
 *
 * @param key the key, in canonical form
 * @param version the version
 * @param changeId the {@link ChangeId} of the change that made this version
 * @param liveness whether the record is there
 * @param cells the cells in layout order, in canonical form; of a tombstone, none
 * @param author who made this version
 * @param timeMicros when, in microseconds since 1970
 * @param userAuthor the name of the last user who touched the record; null if none did
 * @param userTimeMicros when that was; 0 if none did
 */
public record Image(
        Object key,
        long version,
        long changeId,
        Liveness liveness,
        @Nullable Object[] cells,
        Author author,
        long timeMicros,
        @Nullable String userAuthor,
        long userTimeMicros) {

    /** Whether a record is there or was deleted. */
    public enum Liveness {
        /** It is there. */
        LIVE,
        /** It was deleted; its version is kept so that it is never used again. */
        TOMBSTONE
    }

    /** Whether the record is there. */
    public boolean isLive() {
        return liveness == Liveness.LIVE;
    }
}
