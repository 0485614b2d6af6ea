package dev.rowkeep.benchmarks.footprint;

import dev.rowkeep.benchmarks.harness.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts processes that make a candidate's first update, with the jars alone that it cannot do without. */
final class ColdStart {
    private static final long PATIENCE_SECONDS = 60;

    private final Candidate candidate;
    private final Workspace workspace;
    private final ClassPath harness;
    private final ClassPath needed;

    /**
     * Finds out which jars the candidate needs: of those that a process which may use {@code all} loads classes from, those without which the
     * update fails. There are others, because JDBC loads every driver that it finds, and some tools use what happens to be there.
     */
    ColdStart(Candidate candidate, Workspace workspace, ClassPath all) throws IOException, InterruptedException {
        this.candidate = candidate;
        this.workspace = workspace;
        Path log = workspace.root().resolve(candidate + ".classes");
        timed(all, "-Xlog:class+load=info:file=" + log);
        List<String> loaded = Files.readAllLines(log);
        this.harness = all.loadedIn(loaded.stream()
                .filter(line -> line.contains(FirstUpdate.class.getName()))
                .toList());
        this.needed = least(all.loadedIn(loaded));
    }

    /** Leaves out one jar after the other, and begins anew when one could go: another may have been there for its sake. */
    private ClassPath least(ClassPath enough) throws IOException, InterruptedException {
        ClassPath kept = enough;
        int before;
        do {
            before = kept.entries().size();
            for (Path jar : kept.without(harness).entries()) {
                if (succeedsWith(kept.without(jar))) {
                    kept = kept.without(jar);
                }
            }
        } while (kept.entries().size() < before);
        return kept;
    }

    Candidate candidate() {
        return candidate;
    }

    /** The jars that it needs, without the harness. */
    ClassPath jars() {
        return needed.without(harness);
    }

    /** The time from the start of a process that has the needed jars alone to its end, in nanoseconds. */
    long run() throws IOException, InterruptedException {
        return timed(needed);
    }

    private boolean succeedsWith(ClassPath classPath) throws IOException, InterruptedException {
        Path directory = workspace.directory(candidate.title());
        Process process = start(classPath, directory);
        boolean succeeds = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        process.destroyForcibly().waitFor();
        Workspace.delete(directory);
        return succeeds;
    }

    private long timed(ClassPath classPath, String... options) throws IOException, InterruptedException {
        Path directory = workspace.directory(candidate.title());
        long began = System.nanoTime();
        Process process = start(classPath, directory, options);
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long nanos = System.nanoTime() - began;
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("The first update of " + candidate.title() + " failed; its process said:\n"
                    + Files.readString(output()));
        }
        Workspace.delete(directory);
        return nanos;
    }

    private Process start(ClassPath classPath, Path directory, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                // What drivers unpack goes with the directory.
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                classPath.toString(),
                FirstUpdate.class.getName(),
                candidate.name(),
                directory.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return workspace.root().resolve(candidate + ".out");
    }
}
