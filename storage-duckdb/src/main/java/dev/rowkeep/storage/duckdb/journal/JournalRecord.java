package dev.rowkeep.storage.duckdb.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the journal: what one commit group has to say, and its place in the log.
 *
 * <p>The hashes are copied, the payload is not: whoever hands it over does not change it any more.
 *
 * @param number 1, 2, 3… without gaps
 * @param hashBefore the log's hash before this record, 32 bytes
 * @param hashAfter the log's hash after it, 32 bytes
 * @param payload bytes that mean nothing to the journal, at most 1 GiB
 */
public record JournalRecord(long number, byte[] hashBefore, byte[] hashAfter, byte[] payload) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the number is not positive, a hash is not 32 bytes long or the payload is longer than 1 GiB
     */
    public JournalRecord {
        if (number < 1) {
            throw new IllegalArgumentException("A record's number is at least 1, not " + number);
        }
        SegmentFormat.requirePayload(payload.length);
        hashBefore = SegmentFormat.copyOfHash(hashBefore);
        hashAfter = SegmentFormat.copyOfHash(hashAfter);
    }

    @Override
    public byte[] hashBefore() {
        return hashBefore.clone();
    }

    @Override
    public byte[] hashAfter() {
        return hashAfter.clone();
    }

    /** The place after this record. */
    Journal.Place after() {
        return new Journal.Place(number, hashAfter);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JournalRecord record
                && number == record.number
                && Arrays.equals(hashBefore, record.hashBefore)
                && Arrays.equals(hashAfter, record.hashAfter)
                && Arrays.equals(payload, record.payload);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number) * 31 + Arrays.hashCode(hashAfter);
    }

    @Override
    public String toString() {
        return "record " + number + ", " + payload.length + " bytes";
    }
}
