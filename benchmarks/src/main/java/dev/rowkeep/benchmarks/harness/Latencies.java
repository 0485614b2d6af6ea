package dev.rowkeep.benchmarks.harness;

/**
 * How long calls took, counted in buckets 3 % wide. Not safe for use by several threads.
 *
 * <p>Values below 64 have a bucket each; above, each power of two is cut into 32 buckets, as in HdrHistogram.
 */
public final class Latencies {
    private static final int SUB_BUCKET_BITS = 5;
    private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BUCKET_BITS) * SUB_BUCKETS];
    private long total;
    private long slowestNanos;

    /** Counts one call. */
    public void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        slowestNanos = Math.max(slowestNanos, value);
    }

    /** Counts the calls of {@code other} too. */
    public void addAll(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        slowestNanos = Math.max(slowestNanos, other.slowestNanos);
    }

    /** The time within which {@code share} of the calls, 0 to 1, were done; 0 if there were none. */
    public long nanosAt(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(greatest(i), slowestNanos);
            }
        }
        return slowestNanos;
    }

    /** How many calls were counted. */
    public long total() {
        return total;
    }

    /** The slowest call. */
    public long slowestNanos() {
        return slowestNanos;
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - SUB_BUCKET_BITS - 1);
        return (shift << SUB_BUCKET_BITS) + (int) (value >>> shift);
    }

    /** The greatest value that falls into a bucket. */
    private static long greatest(int bucket) {
        int shift = Math.max(0, (bucket >> SUB_BUCKET_BITS) - 1);
        long step = bucket - ((long) shift << SUB_BUCKET_BITS);
        return ((step + 1) << shift) - 1;
    }
}
