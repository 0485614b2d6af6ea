package dev.rowkeep.storage.duckdb.journal;

/**
 * How a journal lays out its files. It may differ from one opening to the next.
 *
 * @param segmentBytes a new segment begins when the current one has this many bytes, at least 1; a segment is longer than that by at
 *     most one record
 * @param growthBytes by how much more than it needs a segment grows for a short record, filled with zeros, up to {@code segmentBytes}; at
 *     least 0. Making a record durable where the file does not grow spares the system a note of the file's length: about 6,900 records of
 *     700 bytes a second instead of 4,700 on ext4
 */
public record JournalOptions(long segmentBytes, int growthBytes) {
    private static final long DEFAULT_SEGMENT_BYTES = 64L << 20;
    private static final int DEFAULT_GROWTH_BYTES = 256 << 10;

    /** At least so many short records fit into what a segment grows by. */
    private static final int SHORT_RECORDS = 8;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if {@code segmentBytes} is not positive or {@code growthBytes} is negative
     */
    public JournalOptions {
        if (segmentBytes < 1) {
            throw new IllegalArgumentException("segmentBytes must be at least 1, not " + segmentBytes);
        }
        if (growthBytes < 0) {
            throw new IllegalArgumentException("growthBytes must be at least 0, not " + growthBytes);
        }
    }

    /** Segments of 64 MiB that grow by 256 KiB. */
    public static JournalOptions defaults() {
        return new JournalOptions(DEFAULT_SEGMENT_BYTES, DEFAULT_GROWTH_BYTES);
    }

    /** How long a segment is to be made for a record for which it is too short. A long record is worth a note of its own. */
    long grownFor(long from, int recordBytes) {
        long end = from + recordBytes;
        boolean isShort = recordBytes <= growthBytes / SHORT_RECORDS;
        return isShort ? Math.max(end, Math.min(end + growthBytes, segmentBytes)) : end;
    }
}
