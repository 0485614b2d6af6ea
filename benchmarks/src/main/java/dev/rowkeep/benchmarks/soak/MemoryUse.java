package dev.rowkeep.benchmarks.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of this process at one moment, in MiB.
 *
 * @param heap what the Java heap holds after a full collection
 * @param resident what the process holds in all, as Linux counts it; 0 elsewhere
 */
record MemoryUse(long heap, long resident) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int MIB_BITS = 20;
    private static final int KIB_IN_MIB = 1024;

    static MemoryUse now() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> MIB_BITS;
        return new MemoryUse(heap, residentNow());
    }

    private static long residentNow() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / KIB_IN_MIB;
            }
        }
        return 0;
    }
}
