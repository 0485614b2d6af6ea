package dev.rowkeep.evidence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system in memory, which only root can make; without, the test is skipped. */
final class SmallDisk implements AutoCloseable {
    private static final int PAGE = 4096;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Makes one at {@code path}. */
    static SmallDisk mount(Path path, int megabytes) throws IOException, InterruptedException {
        Files.createDirectory(path);
        boolean isMounted = System.getProperty("os.name").equals("Linux")
                && succeeds("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString());
        assumeTrue(isMounted, "SKIPPED: making a small disk needs Linux and root");
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    /** The file that takes space away. */
    Path filler() {
        return path.resolve("filler");
    }

    /** Leaves not a byte. */
    void fillUp() throws IOException {
        byte[] page = new byte[PAGE];
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Leaves so many bytes. */
    void fillBut(long bytes) throws IOException {
        fillUp();
        long length = Files.size(filler()) / PAGE * PAGE;
        try (var filler = new java.io.RandomAccessFile(filler().toFile(), "rw")) {
            filler.setLength(Math.max(0, length - bytes));
        }
    }

    /** Lazily: what is mapped stays so until nobody refers to it. */
    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(succeeds("umount", "-l", path.toString())).isTrue();
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
