package dev.rowkeep.evidence.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much heap one input may take: so much for any, and so much for each of its bytes. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST = 8 << 20;
    private static final long MOST_A_BYTE = 4_000;
    private static final int ATTEMPTS = 3;

    private Allocation() {}

    /** Runs {@code work}, which reads {@code bytes} bytes of input; again where it took much, as the first time classes are loaded. */
    static void check(int bytes, Runnable work) {
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && allocated > MOST + MOST_A_BYTE * bytes; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        Expect.that(allocated <= MOST + MOST_A_BYTE * bytes, bytes + " bytes of input took " + allocated + " of heap");
    }
}
