package dev.rowkeep.internal.codec;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hash chain over the change log, in the form that {@code docs/log-encoding.md} describes.
 *
 * <p>A commit's hash covers the hash before it, its header and one hash for each of its changes, so a change's content can be
 * dropped later while its hash stays and the chain still verifies; the hash of a change with {@link PersonalCells} is the same before and after
 * they are erased. Every part has a fixed length or its length before it: no two
 * commits give the same bytes. Safe for use by several threads.
 */
public final class HashChain {
    /** How many bytes a hash has. */
    public static final int LENGTH = 32;

    /** Sets the bytes of a change apart from those of a commit; its lower four bits are the version of the form. */
    static final int CHANGE_FORMAT = 0x31;

    /** That of a change with personal cells, whose digests it covers in the place of their values. */
    static final int PERSONAL_CHANGE_FORMAT = 0x32;

    static final int COMMIT_FORMAT = 0x41;

    private static final int ABSENT = 0;
    private static final int PRESENT = 1;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(HashChain::sha256);

    private HashChain() {}

    /** The hash before the first commit: zeros. */
    public static byte[] start() {
        return new byte[LENGTH];
    }

    /**
     * The hash of the log up to and including a commit.
     *
     * @param previousHash the hash before it
     * @throws IllegalArgumentException if {@code previousHash} has not {@value #LENGTH} bytes, or a text is not well-formed
     * @throws dev.rowkeep.spi.StorageException {@code PERMANENT} if a change with personal cells is not well-formed
     */
    public static byte[] next(byte[] previousHash, LoggedHeader header, List<LoggedChange> changes) {
        if (previousHash.length != LENGTH) {
            throw new IllegalArgumentException(
                    "A hash has " + LENGTH + " bytes, the previous one has " + previousHash.length + ".");
        }
        MessageDigest digest = SHA_256.get();
        byte[] changeHashes = new byte[Math.multiplyExact(LENGTH, changes.size())];
        for (int i = 0; i < changes.size(); i++) {
            hash(changes.get(i), changeHashes, i * LENGTH);
        }
        ByteSink sink = ByteSink.ofThread();
        sink.octet(COMMIT_FORMAT);
        sink.octets(previousHash);
        sink.int64(header.sequence());
        sink.int64(header.timeMicros());
        sink.octet(tag(header.author().origin()));
        sink.text(header.author().name());
        optionalText(sink, header.reason());
        optionalText(sink, header.correlationId());
        sink.int32(changes.size());
        digest.reset();
        sink.feed(digest);
        return digest.digest(changeHashes);
    }

    /** Writes the hash of a change, of which it is known too when its contents were dropped. */
    static void hash(LoggedChange change, byte[] to, int offset) {
        if (DroppedContents.of(change)) {
            System.arraycopy(DroppedContents.hash(change), 0, to, offset, LENGTH);
            return;
        }
        MessageDigest digest = SHA_256.get();
        byte[] image = change.image();
        boolean isPersonal = PersonalCells.isIn(change.delta()) || (image != null && PersonalCells.isIn(image));
        byte[] delta = PersonalCells.sealed(change.delta());
        byte[] sealedImage = image == null ? null : PersonalCells.sealed(image);
        ByteSink sink = ByteSink.ofThread();
        sink.octet(isPersonal ? PERSONAL_CHANGE_FORMAT : CHANGE_FORMAT);
        sink.int32(change.storeId());
        Values.writeKey(sink, change.key());
        sink.int64(change.version());
        sink.octet(tag(change.kind()));
        sink.int64(change.id());
        sink.int64(change.previousId());
        content(sink, delta);
        sink.octet(sealedImage == null ? ABSENT : PRESENT);
        if (sealedImage != null) {
            content(sink, sealedImage);
        }
        digest.reset();
        sink.feed(digest);
        try {
            digest.digest(to, offset, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has no " + LENGTH + " bytes", e);
        }
    }

    private static void content(ByteSink sink, byte[] content) {
        sink.int32(content.length);
        sink.octets(content);
    }

    private static void optionalText(ByteSink sink, @Nullable String text) {
        sink.octet(text == null ? ABSENT : PRESENT);
        if (text != null) {
            sink.text(text);
        }
    }

    // The constants' own numbers would change the hash of every log when one is moved.
    private static int tag(ChangeKind kind) {
        return switch (kind) {
            case INSERT -> 1;
            case UPDATE -> 2;
            case DELETE -> 3;
        };
    }

    private static int tag(Origin origin) {
        return switch (origin) {
            case USER -> 1;
            case JOB -> 2;
            case SYSTEM -> 3;
        };
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256, which every one must have", e);
        }
    }
}
