package dev.rowkeep.evidence.damage;

import dev.rowkeep.evidence.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Judges damages in other processes and counts. Where all are judged, there are as many processes as processors, each with its share. A process
 * that dies is replaced, and the damage that it was at is bad.
 */
final class DamageRun {
    private static final int FIELDS = 4;

    private final Engine engine;
    private final Path directory;
    private final long seed;
    private final int most;
    private final Map<String, Map<Finding, Integer>> counts = new TreeMap<>();
    private final List<String> bad = new ArrayList<>();
    private final int processes;
    private int judged;

    /** A run over {@code most} damages of the store in {@code directory}; 0 means all there are. */
    DamageRun(Engine engine, Path directory, long seed, int most) {
        this.engine = engine;
        this.directory = directory;
        this.seed = seed;
        this.most = most;
        this.processes = most == 0 ? Runtime.getRuntime().availableProcessors() : 1;
    }

    void run() throws InterruptedException, ExecutionException {
        ExecutorService shares = Executors.newFixedThreadPool(processes);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int share = 0; share < processes; share++) {
                int first = share;
                all.add(() -> {
                    judgeShare(first);
                    return null;
                });
            }
            for (Future<Void> each : shares.invokeAll(all)) {
                each.get();
            }
        } finally {
            shares.shutdownNow();
        }
    }

    /** A process that is lost is followed by one that goes on behind the damage that it was at. */
    private void judgeShare(int first) throws IOException, InterruptedException {
        OptionalInt next = OptionalInt.of(first);
        while (next.isPresent()) {
            next = runFrom(next.getAsInt());
        }
    }

    /** Where the share goes on; empty if it came to its end. */
    private OptionalInt runFrom(int start) throws IOException, InterruptedException {
        Path scratch = Files.createDirectory(directory.resolve("scratch" + start));
        Path messages = directory.resolve("messages" + start);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DamageProgram.class.getName(),
                        engine.name(),
                        directory.toString(),
                        scratch.toString(),
                        Long.toString(seed),
                        Integer.toString(most),
                        Integer.toString(start),
                        Integer.toString(processes))
                .redirectError(messages.toFile())
                .start();
        boolean hasEnded = false;
        boolean hangs = false;
        int next = start;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t", FIELDS);
                if (parts.length == FIELDS) {
                    next += processes;
                    count(parts[0], parts[1], Finding.valueOf(parts[2]), parts[3]);
                    hangs = parts[3].equals("hangs");
                } else {
                    hasEnded = line.equals("end");
                }
            }
        } finally {
            process.destroyForcibly();
        }
        int exit = process.waitFor();
        if (hasEnded) {
            return OptionalInt.empty();
        }
        if (next == start) {
            throw new IllegalStateException(
                    "A process judged nothing and exited with " + exit + ": " + Files.readString(messages));
        }
        if (!hangs) {
            count("process", "number " + next, Finding.BAD, "the process died with " + exit);
            next += processes;
        }
        return OptionalInt.of(next);
    }

    private synchronized void count(String kind, String what, Finding finding, String detail) {
        judged++;
        counts.computeIfAbsent(kind, k -> new EnumMap<>(Finding.class)).merge(finding, 1, Integer::sum);
        if (finding == Finding.BAD) {
            bad.add(kind + ", " + what + ": " + detail);
        }
    }

    /** What was bad, a damage a line. */
    synchronized List<String> bad() {
        return List.copyOf(bad);
    }

    synchronized int judged() {
        return judged;
    }

    /** The counts of each class in all, and by kind of damage. */
    synchronized String summary() {
        Map<Finding, Integer> sum = new EnumMap<>(Finding.class);
        counts.values().forEach(kind -> kind.forEach((finding, n) -> sum.merge(finding, n, Integer::sum)));
        return "seed " + seed + ": " + judged + " damages " + sum + "; " + counts;
    }
}
