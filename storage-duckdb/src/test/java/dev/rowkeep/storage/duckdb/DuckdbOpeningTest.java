package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.spi.StorageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database has one process at a time, and the memory that it is given. */
final class DuckdbOpeningTest {
    @TempDir
    private Path directory;

    @Test
    void anotherProcessIsToldWhoHasItOpenAndGetsItWhenThatIsGone() throws Exception {
        Path database = directory.resolve("store.duckdb");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DuckdbCrashWriter.class.getName(),
                        database.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.getInputStream().read()).as("has begun to write").isPositive();
            assertThatThrownBy(() -> RowKeep.open(DuckdbStorage.at(database)))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StorageException.Kind.BUSY))
                    .hasMessageContaining("process " + holder.pid() + " has it open");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        RowKeep.open(DuckdbStorage.at(database)).close();
    }

    @Test
    void duckdbTakesNoMoreMemoryThanItIsGiven() {
        DuckdbStorage storage = DuckdbStorage.at(directory.resolve("store.duckdb"));

        assertThat(memoryLimit(storage)).isEqualTo("1.0 GiB");
        assertThat(memoryLimit(storage.memoryLimit(128L << 20))).isEqualTo("128.0 MiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.memoryLimit(1 << 20))
                .withMessageContaining("67108864");
    }

    private static Object memoryLimit(DuckdbStorage storage) {
        try (RowKeep keep = RowKeep.open(storage)) {
            return keep.sql()
                    .select("SELECT current_setting('memory_limit') AS most")
                    .get(0)
                    .get("most");
        }
    }
}
