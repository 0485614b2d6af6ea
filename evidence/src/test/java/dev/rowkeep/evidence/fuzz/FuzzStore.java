package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.RowKeep;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** An SQLite storage that is checked as a whole and begun anew after so many inputs, since none of them may grow without end. */
final class FuzzStore implements AutoCloseable {
    private final Path directory;
    private final int mostUses;
    private RowKeep keep;
    private int uses;
    private int generation;

    FuzzStore(Path directory, int mostUses) {
        this.directory = directory;
        this.mostUses = mostUses;
        this.keep = open();
    }

    private RowKeep open() {
        return RowKeep.open(SqliteStorage.at(file()));
    }

    private Path file() {
        return directory.resolve("store-" + generation + ".db");
    }

    RowKeep keep() {
        return keep;
    }

    /** Notes one input; whether the storage was begun anew with it. */
    boolean use() {
        boolean isUsedUp = uses++ == mostUses;
        if (isUsedUp) {
            close();
            clear(directory);
            generation++;
            uses = 0;
            keep = open();
        }
        return isUsedUp;
    }

    void verify() {
        keep.log().verify().problem().ifPresent(problem -> {
            throw new AssertionError("verify says: " + problem);
        });
    }

    /** Checks all that was written, and that it can be opened again. */
    @Override
    public void close() {
        verify();
        long written = keep.log().head().sequence();
        keep.close();
        keep = open();
        Expect.equal(keep.log().head().sequence(), written, "the head after opening again");
        keep.close();
    }

    /** Deletes all that is in {@code directory}. */
    static void clear(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
