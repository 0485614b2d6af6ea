package dev.rowkeep.benchmarks.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How many appended pages the disk makes durable one by one in a second. */
public final class DiskProbe {
    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 32;

    private final Path file;

    /** A probe that writes to {@code file}. */
    public DiskProbe(Path file) {
        this.file = file;
    }

    /** Appends {@value #PAGES} pages, each followed by fdatasync, and returns the rate. */
    public double syncsPerSecond() throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
            long started = System.nanoTime();
            for (int i = 0; i < PAGES; i++) {
                page.clear();
                channel.write(page);
                channel.force(false);
            }
            return PAGES * 1e9 / (System.nanoTime() - started);
        }
    }
}
