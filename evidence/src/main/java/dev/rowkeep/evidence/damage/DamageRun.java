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
import java.util.TreeMap;

/** Judges damages in other processes and counts. A process that dies is replaced, and the damage that it was at is bad. */
final class DamageRun {
    private static final int PARTS = 4;

    private final Engine engine;
    private final Path directory;
    private final long seed;
    private final int most;
    private final Map<String, Map<Finding, Integer>> counts = new TreeMap<>();
    private final List<String> bad = new ArrayList<>();
    private int judged;

    /** A run over {@code most} damages of the store in {@code directory}; 0 means all there are. */
    DamageRun(Engine engine, Path directory, long seed, int most) {
        this.engine = engine;
        this.directory = directory;
        this.seed = seed;
        this.most = most;
    }

    void run() throws IOException, InterruptedException {
        for (int attempt = 0; !runFrom(judged, attempt); attempt++) {
            // The process was lost; the next one goes on behind the damage that it was at.
        }
    }

    /** Whether the list came to its end. */
    private boolean runFrom(int start, int attempt) throws IOException, InterruptedException {
        Path scratch = Files.createDirectory(directory.resolve("scratch" + attempt));
        Path messages = directory.resolve("messages" + attempt);
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
                        Integer.toString(start))
                .redirectError(messages.toFile())
                .start();
        boolean hasEnded = false;
        boolean hangs = false;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t", PARTS);
                if (parts.length == PARTS) {
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
        if (!hasEnded && judged == start) {
            throw new IllegalStateException(
                    "A process judged nothing and exited with " + exit + ": " + Files.readString(messages));
        }
        if (!hasEnded && !hangs) {
            count("process", "number " + judged, Finding.BAD, "the process died with " + exit);
        }
        return hasEnded;
    }

    private void count(String kind, String what, Finding finding, String detail) {
        judged++;
        counts.computeIfAbsent(kind, k -> new EnumMap<>(Finding.class)).merge(finding, 1, Integer::sum);
        if (finding == Finding.BAD) {
            bad.add(kind + ", " + what + ": " + detail);
        }
    }

    /** What was bad, a damage a line. */
    List<String> bad() {
        return List.copyOf(bad);
    }

    int judged() {
        return judged;
    }

    /** The counts of each class in all, and by kind of damage. */
    String summary() {
        Map<Finding, Integer> sum = new EnumMap<>(Finding.class);
        counts.values().forEach(kind -> kind.forEach((finding, n) -> sum.merge(finding, n, Integer::sum)));
        return "seed " + seed + ": " + judged + " damages " + sum + "; " + counts;
    }
}
