package dev.rowkeep.internal.codec;

import dev.rowkeep.schema.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over what a caller asks for, in a form that equal requests share and no two different ones do: every part has its length
 * or kind before it. Fingerprints are stored, so the form of what is given must not change. Owned by one caller.
 */
public final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    /** That of a request of kind {@code kind}. */
    public static Fingerprint of(String kind) {
        try {
            return new Fingerprint(MessageDigest.getInstance("SHA-256")).text(kind);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256, which every one must have", e);
        }
    }

    /** Adds a text. */
    public Fingerprint text(String text) {
        ByteSink sink = ByteSink.ofThread();
        sink.text(text);
        sink.feed(digest);
        return this;
    }

    /** Adds a number. */
    public Fingerprint number(long number) {
        ByteSink sink = ByteSink.ofThread();
        sink.int64(number);
        sink.feed(digest);
        return this;
    }

    /** Adds a record's key, in canonical form. */
    public Fingerprint key(Object key) {
        ByteSink sink = ByteSink.ofThread();
        Values.writeKey(sink, key);
        sink.feed(digest);
        return this;
    }

    /** Adds a value in canonical form. */
    public Fingerprint value(Kind kind, @Nullable Object value) {
        ByteSink sink = ByteSink.ofThread();
        Values.write(sink, kind, value);
        sink.feed(digest);
        return this;
    }

    /** The 32 bytes; ends this object's use. */
    public byte[] toBytes() {
        return digest.digest();
    }
}
