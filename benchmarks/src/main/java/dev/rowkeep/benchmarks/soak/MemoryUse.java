package dev.rowkeep.benchmarks.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of this process at one moment, in MiB.
 *
 * @param heap what the Java heap holds after a full collection, the least of some: what is under way comes and goes
 * @param resident what the process holds in all, as Linux counts it; 0 elsewhere
 */
record MemoryUse(long heap, long resident) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int MIB_BITS = 20;
    private static final int COLLECTIONS = 4;
    private static final long PAUSE_MILLIS = 200;
    private static final int KIB_IN_MIB = 1024;

    static MemoryUse now() throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            Thread.sleep(i == 0 ? 0 : PAUSE_MILLIS);
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return new MemoryUse(least >> MIB_BITS, residentNow());
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
