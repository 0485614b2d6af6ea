package dev.rowkeep.spi;

import dev.rowkeep.commit.ChangeKind;
import org.jspecify.annotations.Nullable;

/**
 * One change as the log holds it. The arrays are shared and must never be written to.
 *
 * @param storeId the store's number
 * @param key the record's key, in canonical form
 * @param version the version that it made
 * @param kind what it did
 * @param id its {@link ChangeId}
 * @param previousId the id of the record's previous change; 0 for the first
 * @param delta the changed cells before and after, encoded by core; what core has left in the place of contents that were dropped
 * @param image the record after the change, encoded by core, on every {@value #CHECKPOINT_INTERVAL}th version; null on others, and where the contents
 *     were dropped
 */
public record LoggedChange(
        int storeId,
        Object key,
        long version,
        ChangeKind kind,
        long id,
        long previousId,
        byte[] delta,
        byte @Nullable [] image) {
    /** Every how many versions of a record the log holds a full image. */
    public static final int CHECKPOINT_INTERVAL = 16;

    /** The same change with other contents. */
    public LoggedChange withContents(byte[] otherDelta, byte @Nullable [] otherImage) {
        return new LoggedChange(storeId, key, version, kind, id, previousId, otherDelta, otherImage);
    }
}
