package dev.rowkeep.storage.duckdb.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment file: a header, then records without gaps. Every number is big-endian and of fixed width; a checksum is a CRC-32C
 * of everything before it in its header or record.
 *
 * <pre>
 * header, 80 bytes                                record, 80 bytes and the payload
 *   0   8  magic, "RowKeepJ"                        0   4  length of the payload, at most 2^30
 *   8   4  format version, 1                        4   8  number
 *  12  16  incarnation                             12  32  hash of the log before it
 *  28   8  epoch                                   44  32  hash of the log after it
 *  36   8  number before the first record          76   n  payload
 *  44  32  hash of the log before it             76+n   4  checksum
 *  76   4  checksum
 * </pre>
 *
 * <p>Zeros may follow the last record of the newest segment: no record is made of them.
 *
 * <p>A file's name is the number of its first record in 20 digits and {@code .rkj}; {@code .tmp} follows while it is being made. Later
 * versions of the format keep the header's size, magic, version and checksum, so that they can be told from damage.
 */
final class SegmentFormat {
    static final int HEADER_BYTES = 80;
    static final int HASH_BYTES = 32;
    static final int CHECKSUM_BYTES = 4;

    /** What a record has in front of its payload. */
    static final int PREFIX_BYTES = 76;

    /** What a record has besides its payload. */
    static final int OVERHEAD_BYTES = PREFIX_BYTES + CHECKSUM_BYTES;

    static final int NUMBER_OFFSET = 4;

    private static final int MOST_PAYLOAD_BYTES = 1 << 30;

    private SegmentFormat() {}

    static void requirePayload(long length) {
        if (length > MOST_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "A record's payload has at most 1 GiB, not " + length + " bytes. Commit in smaller groups.");
        }
    }

    static byte[] copyOfHash(byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("A hash has " + HASH_BYTES + " bytes, not " + hash.length);
        }
        return hash.clone();
    }

    /** Whether a record with this payload fits into that many bytes. */
    static boolean fits(int length, long bytes) {
        return length >= 0 && length <= MOST_PAYLOAD_BYTES && length <= bytes - OVERHEAD_BYTES;
    }

    /** A whole record, to be written at once. */
    static byte[] encode(JournalRecord record) {
        byte[] payload = record.payload();
        byte[] bytes = new byte[OVERHEAD_BYTES + payload.length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes)
                .putInt(payload.length)
                .putLong(record.number())
                .put(record.hashBefore())
                .put(record.hashAfter())
                .put(payload);
        buffer.putInt(checksum(bytes, buffer.position()));
        return bytes;
    }

    /** The CRC-32C of the first {@code length} bytes. */
    static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
