package dev.rowkeep.storage.sqlite.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that want to write take turns. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TurnstileTest {
    private static final int WRITES = 200;

    /** Taking turns, every second commit is mine; where it was luck, every fourth to thirtieth. */
    private static final int MOST_COMMITS_A_WRITE = 3;

    @TempDir
    Path directory;

    @Test
    void processThatCommitsWithoutAPauseKeepsNobodyOut() throws Exception {
        WorkerProcess hot = WorkerProcess.start(HotWriter.class, directory, "hot");
        try {
            assertThat(hot.awaitWriting()).isTrue();
            try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
                RecordStore<String, Row> store = keep.store(Worker.RECORDS);
                store.insert(Row.of(Worker.RECORDS, "mine").with(Worker.VALUE, 0L));
                long[] commits = new long[WRITES];
                long before = keep.log().head().sequence();
                for (int i = 0; i < WRITES; i++) {
                    store.apply(Edit.update(Worker.RECORDS, "mine").add(Worker.VALUE, 1L))
                            .orThrow();
                    long after = keep.log().head().sequence();
                    commits[i] = after - before;
                    before = after;
                }
                Arrays.sort(commits);
                assertThat(commits[WRITES * 95 / 100])
                        .as("commits of both from one of mine to the next, of 95 in 100")
                        .isLessThanOrEqualTo(MOST_COMMITS_A_WRITE);
            }
            Files.createFile(directory.resolve("stop"));
            assertThat(hot.awaitEnd()).isTrue();
        } finally {
            hot.kill();
        }
    }

    @Test
    void processThatIsStoppedInTheTurnstileCostsAnotherASecondOnce() throws Exception {
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
            RecordStore<String, Row> store = keep.store(Worker.RECORDS);
            WorkerProcess keeper = WorkerProcess.start(TurnKeeper.class, directory, "keeper");
            try {
                assertThat(keeper.awaitWriting()).isTrue();
                long begun = System.nanoTime();
                for (int i = 0; i < 10; i++) {
                    store.insert(Row.of(Worker.RECORDS, "r" + i).with(Worker.VALUE, 0L));
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            } finally {
                keeper.kill();
            }
        }
    }
}
