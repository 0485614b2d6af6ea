package dev.rowkeep.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.benchmarks.harness.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FootprintTest {
    @TempDir
    private Path directory;

    @Test
    void aProcessNeedsItsOwnDatabaseAndNoOther() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Settings settings = new Settings(List.of(), 1, 1, directory, 100, 1);

        Footprint.run(
                settings,
                List.of(Candidate.JDBC_SQLITE, Candidate.MVSTORE),
                new PrintStream(bytes, true, StandardCharsets.UTF_8));

        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("- J1, jdbc-sqlite: "))
                .singleElement()
                .asString()
                .contains("sqlite-jdbc")
                .doesNotContain("duckdb", "h2-", "benchmarks");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("- J1, h2-mvstore: "))
                .singleElement()
                .asString()
                .matches("- J1, h2-mvstore: h2-[^,]*\\.jar");
        assertThat(lines).filteredOn(line -> line.startsWith("{\"id\":\"J1\"")).hasSize(3);
        assertThat(directory).isEmptyDirectory();
    }
}
