package dev.rowkeep.evidence.history;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A crowd in a process of its own, on one SQLite file, that is killed while it works; and the one who kills it and takes up its notebooks. */
public final class MortalCrowd {
    /** More values than a process can write between two kills. */
    private static final long VALUES_OF_A_LIFE = 1L << 32;

    private static final int PATIENCE_SECONDS = 600;

    private final Path directory;
    private final List<Operation> operations = new ArrayList<>();
    private int lives;

    /** A crowd on a new store in {@code directory}. */
    MortalCrowd(Path directory) {
        this.directory = directory;
    }

    /** The process: works until it is killed, or until who started it is gone. */
    public static void main(String[] args) throws Exception {
        Thread orphan = new Thread(MortalCrowd::haltWhenAlone, "parent");
        orphan.setDaemon(true);
        orphan.start();
        Path directory = Path.of(args[0]);
        long life = Long.parseLong(args[1]);
        new Crowd(SqliteStorage.at(directory.resolve("store.db")), Long.parseLong(args[2]))
                .work(
                        life * VALUES_OF_A_LIFE,
                        Integer.MAX_VALUE,
                        caller -> FileNotebook.create(notebook(directory, caller)));
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

    /** Starts a process, kills it after {@code millis} of work, and opens what it left. */
    void liveAndDie(long seed, long millis) throws IOException, InterruptedException {
        for (int caller = 0; caller < Crowd.CALLERS; caller++) {
            Files.deleteIfExists(notebook(directory, caller));
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalCrowd.class.getName(),
                        directory.toString(),
                        Integer.toString(lives++),
                        Long.toString(seed))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            awaitWork(process);
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The crowd ended by itself with " + process.exitValue());
            }
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        long killed = System.nanoTime();
        for (int caller = 0; caller < Crowd.CALLERS; caller++) {
            operations.addAll(FileNotebook.read(notebook(directory, caller), killed));
        }
        lookAtWhatIsLeft();
    }

    private void awaitWork(Process process) throws IOException, InterruptedException {
        Path last = notebook(directory, Crowd.CALLERS - 1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(last) || Files.size(last) == 0) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException("The crowd did not begin to work; see its messages above");
            }
        }
    }

    /** The first reads after the kill are part of the history. */
    private void lookAtWhatIsLeft() {
        MemoryNotebook notebook = new MemoryNotebook();
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
            for (RecordStore<String, Row> store : List.of(keep.store(Crowd.LEFT), keep.store(Crowd.RIGHT))) {
                Caller.reader(keep, notebook).readAll(store);
            }
            keep.log().verify().problem().ifPresent(problem -> {
                throw new IllegalStateException(problem);
            });
        }
        operations.addAll(notebook.operations());
    }

    int operations() {
        return operations.size();
    }

    /** What all lives did, and what the store says of it. */
    History history() {
        return Crowd.readBack(SqliteStorage.at(directory.resolve("store.db")), operations);
    }

    private static Path notebook(Path directory, int caller) {
        return directory.resolve("notebook" + caller);
    }
}
