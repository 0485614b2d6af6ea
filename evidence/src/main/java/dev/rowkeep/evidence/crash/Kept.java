package dev.rowkeep.evidence.crash;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.spi.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** What is peculiar to a storage whose crashes are replayed: its files, and what a workload does with it. */
enum Kept {
    /** A database and its log, which acknowledges commits. */
    SQLITE(Engine.SQLITE, "store.db", "-wal") {
        @Override
        boolean isMapped(Path file) {
            return file.toString().endsWith("-shm");
        }

        @Override
        void makeUpMapped(Path directory, Random random) throws IOException {
            SharedMemory.makeUp(database(directory), random);
        }

        @Override
        Set<Step> steps() {
            return EnumSet.complementOf(EnumSet.of(Step.ELSEWHERE, Step.QUERY, Step.FILL, Step.MARK));
        }
    },

    /** A journal, which acknowledges commits, and a database that follows it. */
    DUCKDB(Engine.DUCKDB, "store.duckdb", ".journal") {
        @Override
        boolean isMapped(Path file) {
            return false;
        }

        @Override
        void makeUpMapped(Path directory, Random random) {
            // There are none.
        }

        @Override
        Set<Step> steps() {
            return EnumSet.range(Step.INSERT, Step.SCHEMA_CHANGE);
        }
    };

    private final Engine engine;
    private final String name;
    private final String log;

    Kept(Engine engine, String name, String logSuffix) {
        this.engine = engine;
        this.name = name;
        this.log = name + logSuffix;
    }

    /** The storage in {@code directory}, there or not. */
    StorageProvider in(Path directory) {
        return engine.at(database(directory));
    }

    /** Whether {@code file} is written through a mapping, which the recorder does not see. */
    abstract boolean isMapped(Path file);

    /** Makes up what a crash left of the files in {@code directory} that are written through mappings. */
    abstract void makeUpMapped(Path directory, Random random) throws IOException;

    /** What a workload does, in any order. */
    abstract Set<Step> steps();

    /** Whether the recorder sees all that is written to {@code file}. */
    boolean isRecorded(Path file) {
        return !isMapped(file) && !SharedMemory.isCounters(file);
    }

    /** The database's file in {@code directory}. */
    Path database(Path directory) {
        return directory.resolve(name);
    }

    /** Whether commits are acknowledged by syncs of {@code file}, which may still have the name under which it is made. */
    boolean isLog(Path file, Path directory) {
        return directory.relativize(file).toString().startsWith(log);
    }

    /** Whether the database in {@code directory} could not be used and was replaced. */
    boolean isReplaced(Path directory) {
        return Files.exists(directory.resolve(name + ".aside-1"));
    }
}
