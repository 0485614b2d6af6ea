package dev.rowkeep.storage.duckdb.journal;

/**
 * How a journal lays out its files. It may differ from one opening to the next.
 *
 * @param segmentBytes a new segment begins when the current one has this many bytes, at least 1; a segment is longer than that by at
 *     most one record
 */
public record JournalOptions(long segmentBytes) {
    private static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if {@code segmentBytes} is not positive
     */
    public JournalOptions {
        if (segmentBytes < 1) {
            throw new IllegalArgumentException("segmentBytes must be at least 1, not " + segmentBytes);
        }
    }

    /** Segments of 64 MiB. */
    public static JournalOptions defaults() {
        return new JournalOptions(DEFAULT_SEGMENT_BYTES);
    }
}
