package dev.rowkeep.benchmarks.feed;

import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.commit.Position;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A subscription in a process of its own on the same file. Its times are comparable with ours: on Linux {@link System#nanoTime} reads
 * one clock of the machine, the monotonic one, in every process.
 */
final class RemoteFollower implements Follower {
    private final Arrivals arrivals;
    private final Process process;
    private final Thread reading;

    RemoteFollower(KeepProducts products, Path directory) throws IOException {
        Position head = products.log().head();
        this.arrivals = new Arrivals(head.sequence());
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FollowerProcess.class.getName(),
                        directory.toString(),
                        head.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.reading = new Thread(this::read, "follower");
        reading.setDaemon(true);
        reading.start();
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                arrivals.note(in.readLong(), in.readLong());
            }
        } catch (EOFException e) {
            return; // It has ended; who waits for more than it has told will say so.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
        reading.join();
    }
}
