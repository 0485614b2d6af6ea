package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The files that processes write through mappings, which the recorder does not see: SQLite's index of its log and RowKeep's counters. What a
 * crash leaves of them may be anything, so an image gets anything: nothing at all, what was last written to the file itself, or noise.
 */
final class SharedMemory {
    private static final String INDEX = "-shm";
    private static final String COUNTERS = ".counters";
    private static final int INDEX_BYTES = 32 * 1024;

    /** Says whose counters they are, and is written before they are mapped. */
    private static final int COUNTERS_HEADER_BYTES = 64;

    private SharedMemory() {}

    /** Makes up what a crash left of these files beside {@code database}, where the others are already. */
    static void makeUp(Path database, Random random) throws IOException {
        if (random.nextBoolean()) {
            Files.write(sibling(database, INDEX), noise(random, INDEX_BYTES));
        }
        Path counters = sibling(database, COUNTERS);
        if (!Files.exists(counters)) {
            return;
        }
        int cells = Math.toIntExact(Files.size(counters)) - COUNTERS_HEADER_BYTES;
        if (cells > 0 && random.nextInt(4) == 0) {
            try (RandomAccessFile file = new RandomAccessFile(counters.toFile(), "rw")) {
                file.seek(COUNTERS_HEADER_BYTES);
                file.write(noise(random, cells));
            }
        } else if (random.nextInt(4) == 0) {
            Files.delete(counters);
        }
    }

    /** Whether {@code file} is counters, of which the recorder sees how long they are and not what they hold. */
    static boolean isCounters(Path file) {
        return file.toString().endsWith(COUNTERS);
    }

    private static Path sibling(Path database, String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    private static byte[] noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }
}
