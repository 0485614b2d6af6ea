package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.Journal.Identity;
import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What a segment says of itself before its first record; {@link SegmentFormat} has the layout.
 *
 * @param identity whose journal it belongs to
 * @param start the place that its first record follows
 */
record SegmentHeader(Identity identity, Place start) {
    private static final long MAGIC =
            ByteBuffer.wrap("RowKeepJ".getBytes(StandardCharsets.US_ASCII)).getLong();
    private static final int VERSION = 1;

    byte[] encode() {
        byte[] bytes = new byte[SegmentFormat.HEADER_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putLong(identity.incarnation().getMostSignificantBits())
                .putLong(identity.incarnation().getLeastSignificantBits())
                .putLong(identity.epoch())
                .putLong(start.number())
                .put(start.hash());
        buffer.putInt(SegmentFormat.checksum(bytes, buffer.position()));
        return bytes;
    }

    /**
     * Reads it back.
     *
     * @param bytes the file's first bytes, fewer than a header has if the file is that short
     * @throws JournalException {@code DAMAGED} if they are no header, {@code PERMANENT} if they are one of a later version
     */
    static SegmentHeader decode(Path file, byte[] bytes) throws JournalException {
        if (bytes.length < SegmentFormat.HEADER_BYTES) {
            throw JournalException.damaged(file, bytes.length, "the file ends within its header");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getLong() != MAGIC) {
            throw JournalException.damaged(file, 0, "it does not begin like a segment of a journal");
        }
        int checksumAt = SegmentFormat.HEADER_BYTES - SegmentFormat.CHECKSUM_BYTES;
        if (buffer.getInt(checksumAt) != SegmentFormat.checksum(bytes, checksumAt)) {
            throw JournalException.damaged(file, 0, "the header's checksum does not hold");
        }
        int version = buffer.getInt();
        if (version != VERSION) {
            throw new JournalException(
                    JournalException.Kind.PERMANENT,
                    "Cannot read " + file + ": it has format version " + version + ", this library reads version "
                            + VERSION + ". Open it with the library that wrote it, or a later one.",
                    null);
        }
        UUID incarnation = new UUID(buffer.getLong(), buffer.getLong());
        long epoch = buffer.getLong();
        long number = buffer.getLong();
        if (number < 0) {
            throw JournalException.damaged(file, 0, "the header has the number " + number);
        }
        byte[] hash = new byte[SegmentFormat.HASH_BYTES];
        buffer.get(hash);
        return new SegmentHeader(new Identity(incarnation, epoch), new Place(number, hash));
    }
}
