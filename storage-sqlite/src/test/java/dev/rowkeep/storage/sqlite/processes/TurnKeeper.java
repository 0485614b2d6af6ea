package dev.rowkeep.storage.sqlite.processes;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that stands in the turnstile until it is killed, as one does that was stopped there. */
final class TurnKeeper {
    /** As {@code StoreLock} has it. */
    private static final long TURN_BYTE = (1L << 40) + 2;

    private TurnKeeper() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        try (RandomAccessFile file =
                        new RandomAccessFile(directory.resolve("store.db.lock").toFile(), "rw");
                FileLock lock = file.getChannel().lock(TURN_BYTE, 1, false)) {
            Files.writeString(directory.resolve("diary-" + args[1]), lock.isValid() + "\n");
            Thread.currentThread().join();
        }
    }
}
