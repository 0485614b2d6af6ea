package dev.rowkeep.spi;

/**
 * The newest commit of a log. The array is shared and must never be written to.
 *
 * @param sequence its sequence; 0 before the first commit
 * @param timeMicros its time, in microseconds since 1970; 0 before the first commit
 * @param hash the log's hash up to it, 32 bytes; zeros before the first commit
 */
public record Head(long sequence, long timeMicros, byte[] hash) {
    /** The place before the first commit. */
    public static Head empty() {
        return new Head(0, 0, new byte[32]);
    }
}
