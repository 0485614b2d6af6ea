package dev.rowkeep.evidence.history;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Crowds on one SQLite file, each in a process of its own, that are killed while they work; what they wrote down makes one history. */
final class MortalCrowds implements AutoCloseable {
    private final Path directory;
    private final int callers;
    private final List<CrowdProcess> living = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private int started;

    /**
     * Crowds on a new store in {@code directory}.
     *
     * @param callers the size of each
     */
    MortalCrowds(Path directory, int callers) {
        this.directory = directory;
        this.callers = callers;
    }

    /** Starts one more. */
    void start(long seed) throws IOException {
        living.add(CrowdProcess.start(directory, started++, callers, seed));
    }

    /** Waits until all of them are at work. */
    void awaitWork() throws IOException, InterruptedException {
        for (CrowdProcess process : living) {
            process.awaitWork();
        }
    }

    /** Waits while all of them work. */
    void letWork(long millis) throws InterruptedException {
        living.get(0).letWork(millis);
    }

    /** Stops the one that has lived longest between any two instructions, and lets it go on; the others work meanwhile. */
    void pauseOldest(long millis) throws IOException, InterruptedException {
        living.get(0).pause(millis);
    }

    /** Kills the one that has lived longest; the others, of which there must be some, go on. */
    void killOldest() throws IOException, InterruptedException {
        CrowdProcess process = living.get(0);
        process.killAtWork();
        living.remove(0);
        operations.addAll(process.told(System.nanoTime()));
    }

    /** Kills all of them, and opens what they left: the first reads after that are part of the history. */
    void killAll() throws IOException, InterruptedException {
        for (CrowdProcess process : living) {
            process.killAtWork();
        }
        // A commit that is in the log of SQLite, and that its process died over, takes effect when somebody next opens
        // the file.
        long settled = System.nanoTime();
        for (CrowdProcess process : living) {
            operations.addAll(process.told(settled));
        }
        living.clear();
        lookAtWhatIsLeft();
    }

    private void lookAtWhatIsLeft() {
        MemoryNotebook notebook = new MemoryNotebook();
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(CrowdProcess.store(directory)))) {
            for (RecordStore<String, Row> store : List.of(keep.store(Crowd.LEFT), keep.store(Crowd.RIGHT))) {
                Caller.reader(keep, notebook).readAll(store);
            }
            keep.log().verify().problem().ifPresent(problem -> {
                throw new IllegalStateException(problem);
            });
        }
        operations.addAll(notebook.operations());
    }

    /** How many operations those that are dead have told of. */
    int operations() {
        return operations.size();
    }

    /** What all that are dead did, and what the store says of it. */
    History history() {
        return Crowd.readBack(SqliteStorage.at(CrowdProcess.store(directory)), operations);
    }

    /** Kills all of them. */
    @Override
    public void close() throws InterruptedException {
        for (CrowdProcess process : living) {
            process.kill();
        }
    }
}
