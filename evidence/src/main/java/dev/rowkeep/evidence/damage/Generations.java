package dev.rowkeep.evidence.damage;

import dev.rowkeep.RowKeep;
import dev.rowkeep.evidence.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * States of one small store in the order of its life, and the end of another one that was written in the same way.
 *
 * @param firstLeft after the first stage, not closed
 * @param first after the first stage, closed
 * @param lastLeft after the second stage, not closed
 * @param last after the second stage, closed
 * @param otherLeft another store after both stages, not closed
 * @param other the same, closed
 */
record Generations(
        StoreFiles firstLeft,
        StoreFiles first,
        StoreFiles lastLeft,
        StoreFiles last,
        StoreFiles otherLeft,
        StoreFiles other) {
    private static final List<String> NAMES =
            List.of("firstLeft.db", "first.db", "lastLeft.db", "last.db", "otherLeft.db", "other.db");
    private static final int PATIENCE_MINUTES = 2;

    /** Writes both stores; keeps their states in {@code directory}. */
    static Generations make(Engine engine, Path directory) throws IOException, InterruptedException {
        int name = 0;
        for (int store = 0; store < 2; store++) {
            Path database =
                    Files.createDirectory(directory.resolve("live" + store)).resolve("store.db");
            for (int stage = 0; stage < 2; stage++) {
                run(engine, database, stage);
                StoreFiles left = StoreFiles.read(engine, database);
                RowKeep.open(engine.at(database)).close();
                StoreFiles closed = StoreFiles.read(engine, database);
                if (store == 0 || stage == 1) {
                    left.write(directory.resolve(NAMES.get(name++)));
                    closed.write(directory.resolve(NAMES.get(name++)));
                }
            }
        }
        return read(engine, directory);
    }

    static Generations read(Engine engine, Path directory) throws IOException {
        StoreFiles[] states = new StoreFiles[NAMES.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = StoreFiles.read(engine, directory.resolve(NAMES.get(i)));
        }
        return new Generations(states[0], states[1], states[2], states[3], states[4], states[5]);
    }

    private static void run(Engine engine, Path database, int stage) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallStore.class.getName(),
                        engine.name(),
                        database.toString(),
                        Integer.toString(stage))
                .inheritIO()
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("The small store could not be written; see the messages above");
        }
    }
}
