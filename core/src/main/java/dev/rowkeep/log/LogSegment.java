package dev.rowkeep.log;

import dev.rowkeep.commit.Position;

/** Commits of a log in the form in which they travel to a replica: checksummed, compressed, described in {@code docs/shipping.md}. Immutable. */
public final class LogSegment {
    private final Position after;
    private final Position through;
    private final byte[] bytes;

    /** Commits in the form in which they travel. {@code bytes} must not be written to any more. */
    public LogSegment(Position after, Position through, byte[] bytes) {
        this.after = after;
        this.through = through;
        this.bytes = bytes;
    }

    /** The place before the first of the commits. */
    public Position after() {
        return after;
    }

    /** The place of the last of the commits: what to ship after next. */
    public Position through() {
        return through;
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    /** What to send: the bytes, copied. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "commits after " + after + " through " + through.sequence() + ", " + bytes.length + " bytes";
    }
}
