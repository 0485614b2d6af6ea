package dev.rowkeep.evidence.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a process that is killed puts its temporary files: drivers unpack their libraries there, of up to 70 MB each, and only who ends by itself takes
 * them away.
 */
record Scrap(Path directory) implements AutoCloseable {
    static Scrap make() throws IOException {
        return new Scrap(Files.createTempDirectory("killed"));
    }

    /** Has the processes that {@code builder} starts use it. */
    ProcessBuilder of(ProcessBuilder builder) {
        builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + directory);
        return builder;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(directory);
    }
}
