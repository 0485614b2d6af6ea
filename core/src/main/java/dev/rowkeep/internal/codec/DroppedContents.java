package dev.rowkeep.internal.codec;

import dev.rowkeep.spi.LoggedChange;
import java.util.Arrays;

/** What the log holds of changes whose contents retention has dropped: in the place of delta and image, the hash that the commit's hash covers. */
public final class DroppedContents {
    /** The form of a delta that is a hash alone. */
    static final int FORMAT = 0x13;

    private static final int LENGTH = 1 + HashChain.LENGTH;

    private DroppedContents() {}

    /** Whether the contents of a change were dropped. */
    public static boolean of(LoggedChange change) {
        return isIn(change.delta());
    }

    static boolean isIn(byte[] delta) {
        return delta.length > 0 && delta[0] == FORMAT;
    }

    /** {@code change} without its contents; itself if it has none any more. */
    public static LoggedChange drop(LoggedChange change) {
        if (of(change)) {
            return change;
        }
        byte[] delta = new byte[LENGTH];
        delta[0] = FORMAT;
        HashChain.hash(change, delta, 1);
        return change.withContents(delta, null);
    }

    /**
     * The hash of a change whose contents were dropped.
     *
     * @throws dev.rowkeep.spi.StorageException {@code PERMANENT} if it is not one
     */
    static byte[] hash(LoggedChange change) {
        byte[] delta = change.delta();
        if (delta.length != LENGTH || change.image() != null) {
            throw new ByteSource(delta, "a change without contents").malformed("it is not a format and a hash alone");
        }
        return Arrays.copyOfRange(delta, 1, LENGTH);
    }
}
