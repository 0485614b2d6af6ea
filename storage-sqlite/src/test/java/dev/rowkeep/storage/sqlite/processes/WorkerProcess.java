package dev.rowkeep.storage.sqlite.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Worker}, or another program that keeps a diary, in a process of its own, from outside. */
final class WorkerProcess {
    private final Path diary;
    private final Process process;

    private WorkerProcess(Path diary, Process process) {
        this.diary = diary;
        this.process = process;
    }

    static WorkerProcess start(Class<?> program, Path directory, String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-Dorg.sqlite.tmpdir=" + Files.createDirectories(directory.resolve("native-" + name)),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString(),
                        name)
                .inheritIO()
                .start();
        return new WorkerProcess(directory.resolve("diary-" + name), process);
    }

    /** Waits until a write was acknowledged; false if the process ended before, or does not come to it. */
    boolean awaitWriting() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while ((!Files.exists(diary) || Files.size(diary) == 0) && process.isAlive() && System.nanoTime() < deadline) {
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
        return process.isAlive() && Files.exists(diary) && Files.size(diary) > 0;
    }

    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Stops it between any two instructions, and lets it go on. */
    void pause(long millis) throws IOException, InterruptedException {
        signal("-STOP");
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            signal("-CONT");
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder(List.of("kill", signal, String.valueOf(process.pid())))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Whether it has ended as it should. */
    boolean awaitEnd() throws InterruptedException {
        boolean ended = process.waitFor(90, TimeUnit.SECONDS) && process.exitValue() == 0;
        process.destroyForcibly().waitFor();
        return ended;
    }
}
