package dev.rowkeep.benchmarks.feed;

import java.util.Arrays;

/** When one thread's writes returned, by their commits' sequences. Used by one thread at a time. */
final class Acknowledgements {
    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] sequences = new long[FIRST_CAPACITY];
    private long[] nanos = new long[FIRST_CAPACITY];
    private int count;

    /** Takes one commit's sequence and the time of its acknowledgement. */
    @FunctionalInterface
    interface Reader {
        void read(long sequence, long nanos);
    }

    void note(long sequence, long time) {
        if (count == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * count);
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        sequences[count] = sequence;
        nanos[count++] = time;
    }

    void forEach(Reader reader) {
        for (int i = 0; i < count; i++) {
            reader.read(sequences[i], nanos[i]);
        }
    }

    void clear() {
        count = 0;
    }
}
