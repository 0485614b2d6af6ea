package dev.rowkeep.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A directory of its own for a run's files, deleted when closed. */
public final class Workspace implements AutoCloseable {
    private final Path root;
    private final AtomicInteger made = new AtomicInteger();

    /** A new directory under {@code parent}, which is created if need be. */
    public Workspace(Path parent) throws IOException {
        Files.createDirectories(parent);
        this.root = Files.createTempDirectory(parent, "rowkeep-benchmark-");
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /** A new, empty directory. */
    public Path directory(String name) throws IOException {
        return Files.createDirectory(root.resolve(made.incrementAndGet() + "-" + name));
    }

    /** How many bytes the files under {@code directory} hold. */
    public static long bytes(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            long sum = 0;
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    /** Copies what is in {@code from} to {@code to}, which is an empty directory. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.skip(1).toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    /** Deletes {@code directory} with everything in it. */
    public static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        delete(root);
    }
}
