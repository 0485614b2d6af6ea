package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header and then the records of one segment, up to a limit. An interrupt does not disturb it. Used by one thread.
 */
final class SegmentInput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final long limit;
    private final InputStream bytes;
    private final SegmentHeader header;
    private long position = SegmentFormat.HEADER_BYTES;
    private Place place;

    private SegmentInput(Path file, long limit, InputStream bytes, SegmentHeader header) {
        this.file = file;
        this.limit = limit;
        this.bytes = bytes;
        this.header = header;
        this.place = header.start();
    }

    /**
     * Opens a segment and reads its header.
     *
     * @throws JournalException {@code DAMAGED} if it has no good header, {@code PERMANENT} if it is of a later version
     */
    static SegmentInput open(Path file, long limit) throws IOException {
        InputStream bytes = new BufferedInputStream(new FileInputStream(file.toFile()), BUFFER_BYTES);
        SegmentInput input = null;
        try {
            input = new SegmentInput(
                    file, limit, bytes, SegmentHeader.decode(file, bytes.readNBytes(SegmentFormat.HEADER_BYTES)));
            return input;
        } finally {
            if (input == null) {
                bytes.close();
            }
        }
    }

    SegmentHeader header() {
        return header;
    }

    /** The place after the last record that was read, the segment's start before the first. */
    Place place() {
        return place;
    }

    /** Where the record begins that {@link #next()} reads. */
    long position() {
        return position;
    }

    /** Whether every byte up to the limit belonged to a whole record. */
    boolean isAtEnd() {
        return position == limit;
    }

    /**
     * The next record; null at the end, or if no whole record begins here. Then nothing more can be read.
     *
     * @throws JournalException {@code DAMAGED} if it is whole, and does not follow the one before
     */
    @Nullable
    JournalRecord next() throws IOException {
        byte[] prefix = new byte[SegmentFormat.PREFIX_BYTES];
        if (limit - position < SegmentFormat.OVERHEAD_BYTES || !fill(prefix)) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(prefix);
        int length = fields.getInt();
        long number = fields.getLong();
        if (number < 1 || !SegmentFormat.fits(length, limit - position)) {
            return null;
        }
        byte[] payload = new byte[length];
        byte[] checksum = new byte[SegmentFormat.CHECKSUM_BYTES];
        if (!fill(payload) || !fill(checksum)) {
            return null;
        }
        CRC32C expected = new CRC32C();
        expected.update(prefix);
        expected.update(payload);
        if ((int) expected.getValue() != ByteBuffer.wrap(checksum).getInt()) {
            return null;
        }
        JournalRecord record = new JournalRecord(number, hash(fields), hash(fields), payload);
        requireFollowing(record);
        position += SegmentFormat.OVERHEAD_BYTES + length;
        place = record.after();
        return record;
    }

    private void requireFollowing(JournalRecord record) throws JournalException {
        if (record.number() != place.number() + 1) {
            throw JournalException.damaged(
                    file,
                    position,
                    "record " + record.number() + " stands where record " + (place.number() + 1) + " must");
        }
        if (!Arrays.equals(record.hashBefore(), place.hash())) {
            throw JournalException.damaged(
                    file,
                    position,
                    "record " + record.number() + " continues another log: the hash before it is not the last one");
        }
    }

    private boolean fill(byte[] target) throws IOException {
        return bytes.readNBytes(target, 0, target.length) == target.length;
    }

    private static byte[] hash(ByteBuffer fields) {
        byte[] hash = new byte[SegmentFormat.HASH_BYTES];
        fields.get(hash);
        return hash;
    }

    /** That no whole record begins where one must. */
    JournalException damage() {
        return JournalException.damaged(file, position, "no whole record begins");
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            // What was read was checked, and the descriptor is gone.
        }
    }
}
