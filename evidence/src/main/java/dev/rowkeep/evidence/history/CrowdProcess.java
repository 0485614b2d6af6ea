package dev.rowkeep.evidence.history;

import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A crowd in a process of its own, on the SQLite file of a directory, which it may share with other crowds; and from outside the one who
 * stops and kills it and takes up its notebooks.
 */
public final class CrowdProcess {
    /** More values than a process can write in its life. */
    private static final long VALUES_OF_A_LIFE = 1L << 32;

    private static final int PATIENCE_SECONDS = 600;

    private final Path directory;
    private final int number;
    private final int callers;
    private final Process process;

    private CrowdProcess(Path directory, int number, int callers, Process process) {
        this.directory = directory;
        this.number = number;
        this.callers = callers;
        this.process = process;
    }

    /** The process: works until it is killed, or until who started it is gone. */
    public static void main(String[] args) throws Exception {
        Thread orphan = new Thread(CrowdProcess::haltWhenAlone, "parent");
        orphan.setDaemon(true);
        orphan.start();
        Path directory = Path.of(args[0]);
        int number = Integer.parseInt(args[1]);
        new Crowd(SqliteStorage.at(store(directory)), Integer.parseInt(args[2]), Long.parseLong(args[3]))
                .work(
                        number * VALUES_OF_A_LIFE,
                        Integer.MAX_VALUE,
                        caller -> FileNotebook.create(notebook(directory, number, caller)));
    }

    private static void haltWhenAlone() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said.
            }
        } catch (IOException e) {
            // As at the end of input.
        }
        Runtime.getRuntime().halt(1);
    }

    /**
     * Starts a crowd.
     *
     * @param number no other process of this directory has or had it
     */
    static CrowdProcess start(Path directory, int number, int callers, long seed) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrowdProcess.class.getName(),
                        directory.toString(),
                        Integer.toString(number),
                        Integer.toString(callers),
                        Long.toString(seed))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new CrowdProcess(directory, number, callers, process);
    }

    /** Waits until its last caller has written something down. */
    void awaitWork() throws IOException, InterruptedException {
        Path last = notebook(directory, number, callers - 1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(last) || Files.size(last) == 0) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException("The crowd did not begin to work; see its messages above");
            }
        }
    }

    /** Waits while it works. */
    void letWork(long millis) throws InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("The crowd ended by itself with " + process.exitValue());
        }
    }

    /** Stops it between any two instructions, and lets it go on. */
    void pause(long millis) throws IOException, InterruptedException {
        signal("-STOP");
        try {
            letWork(millis);
        } finally {
            signal("-CONT");
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor()
                != 0) {
            throw new IllegalStateException("The crowd did not get " + signal);
        }
    }

    /** Kills it, which must be at work still; returns when it is dead. */
    void killAtWork() throws InterruptedException {
        letWork(0);
        kill();
    }

    /** Kills it, if it is not dead. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /**
     * What it has written down, after it was killed; the notebooks are thrown away.
     *
     * @param settled when what it had begun had surely taken effect if it ever will
     */
    List<Operation> told(long settled) throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            Path notebook = notebook(directory, number, caller);
            operations.addAll(FileNotebook.read(notebook, settled));
            Files.delete(notebook);
        }
        return operations;
    }

    /** Where the crowds of a directory keep their records. */
    static Path store(Path directory) {
        return directory.resolve("store.db");
    }

    private static Path notebook(Path directory, int number, int caller) {
        return directory.resolve("notebook" + number + "-" + caller);
    }
}
