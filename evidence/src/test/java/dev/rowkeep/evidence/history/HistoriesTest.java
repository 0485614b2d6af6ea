package dev.rowkeep.evidence.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crowd of callers saw can be explained by one order of its calls, in which time runs forward. */
final class HistoriesTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int ROUNDS = IS_LONG ? 25 : 1;
    /** A storage that has failed refuses more calls the faster they come, so rounds differ. */
    private static final int MOST_ROUNDS = 200;

    private static final int LEAST_TRANSACTIONS = IS_LONG ? 100_000 : 1_500;
    private static final int OPERATIONS = 48_000;
    /** A transaction there asks the database for what is in memory elsewhere, at several milliseconds each. */
    private static final int OPERATIONS_ON_DUCKDB = Integer.getInteger("rowkeep.operations", IS_LONG ? 5_000 : 800);

    private static final int CALLERS = 16;

    @TempDir
    Path directory;

    @Test
    void oneOrderExplainsWhatACrowdSawInMemory() throws Exception {
        run("memory", OPERATIONS, round -> MemoryStorage.create());
    }

    @Test
    void oneOrderExplainsWhatACrowdSawOnSqlite() throws Exception {
        run("SQLite", OPERATIONS, round -> SqliteStorage.at(directory.resolve("round" + round + ".db")));
    }

    @Test
    void oneOrderExplainsWhatACrowdSawOnDuckdb() throws Exception {
        run("DuckDB", OPERATIONS_ON_DUCKDB, round -> DuckdbStorage.at(directory.resolve("round" + round + ".duckdb")));
    }

    private void run(String name, int operations, IntFunction<StorageProvider> storages) throws Exception {
        long least = (long) LEAST_TRANSACTIONS * operations / OPERATIONS;
        long checked = 0;
        long unknown = 0;
        long transactions = 0;
        long writing = 0;
        for (int round = 0; round < ROUNDS || (transactions < least && round < MOST_ROUNDS); round++) {
            History history = new Crowd(storages.apply(round), CALLERS, SEED + 1000L * round).run(operations);
            assertThat(HistoryCheck.problem(history))
                    .as("seed %d, round %d", SEED, round)
                    .isEmpty();
            checked += history.operations().size();
            unknown += history.operations().stream()
                    .filter(operation -> operation.responded() == Operation.NEVER)
                    .count();
            for (Operation operation : history.operations()) {
                transactions += operation.name().equals("transaction") ? 1 : 0;
                writing += operation.name().equals("transaction")
                                && !operation.writes().isEmpty()
                        ? 1
                        : 0;
            }
        }
        System.out.println("Histories on " + name + ": " + checked + " operations checked, " + transactions
                + " of them transactions, " + writing + " of these wrote, " + unknown + " of unknown outcome, seed "
                + SEED);
        assertThat(transactions).isGreaterThanOrEqualTo(least);
        assertThat(writing).isGreaterThan(transactions / 4);
        assertThat(checked).isGreaterThan(operations);
        assertThat(unknown).isGreaterThanOrEqualTo(checked / OPERATIONS);
    }
}
