package dev.rowkeep.evidence.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that checks one image after another, and may be ended by one. Used by one thread at a time. */
final class CheckerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final PrintStream images;
    private final BufferedReader problems;

    private CheckerProcess(Process process) {
        this.process = process;
        this.images = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.problems = process.inputReader(StandardCharsets.UTF_8);
    }

    static CheckerProcess start(Kept kept) throws IOException {
        return new CheckerProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.log.dev.rowkeep=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImageCheck.class.getName(),
                        kept.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What is wrong with the store in {@code directory}; that the process ended or hung is wrong, too. */
    Optional<String> problem(Path directory) throws IOException {
        images.println(directory);
        CompletableFuture<Boolean> isAnswered = new CompletableFuture<>();
        var unused = isAnswered
                .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenAccept(answered -> {
                    if (!answered) {
                        process.destroyForcibly();
                    }
                });
        String problem = problems.readLine();
        isAnswered.complete(true);
        if (problem == null) {
            return Optional.of("the process that opened it ended or hung");
        }
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lets it come to its end by itself, or the library that it has unpacked would be left behind. */
    @Override
    public void close() {
        images.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
