package dev.rowkeep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.report.Guard;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.benchmarks.row.Row;
import dev.rowkeep.benchmarks.row.Rows;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every row once, far too briefly to measure anything: that its code works, verification included. */
final class SmokeTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void everyRowVerifiesWhatItWroteAndReportsItsFigures() throws Exception {
        boolean succeeded = run(Rows.all(), RowProcess::run);

        assertThat(succeeded).as(printed()).isTrue();
        for (Row row : Rows.all()) {
            assertThat(jsonLines()).anySatisfy(figure -> {
                assertThat(figure.get("id").asText()).isEqualTo(row.id());
                assertThat(figure.get("ours").asDouble()).isPositive();
                assertThat(figure.get("theirs").asDouble()).isPositive();
            });
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aRowThatRunsInAProcessOfItsOwnReportsTheSame() throws Exception {
        boolean succeeded = run(Rows.named(List.of("W1")), RowProcess::start);

        assertThat(succeeded).as(printed()).isTrue();
        assertThat(jsonLines())
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.get("id").asText()).isEqualTo("W1"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aRowThatFailsIsSeenAndDoesNotHideTheNext() throws Exception {
        Row failing = new Row() {
            @Override
            public String id() {
                return "X1";
            }

            @Override
            public String work() {
                return "fails";
            }

            @Override
            public RowReport run(Bench bench) {
                throw new IllegalStateException("an update was lost");
            }
        };

        boolean succeeded = run(List.of(failing, Rows.named(List.of("S1")).get(0)), RowProcess::run);

        assertThat(succeeded).isFalse();
        assertThat(printed()).contains("X1 FAILED", "an update was lost");
        assertThat(jsonLines())
                .anySatisfy(figure -> assertThat(figure.get("id").asText()).isEqualTo("S1"));
    }

    private boolean run(List<Row> rows, Compare.Runner runner) throws Exception {
        Settings settings = new Settings(List.of(), 0.02, 1, directory, 200, 8);
        return Compare.run(settings, rows, Guard.none(), new PrintStream(bytes, true, StandardCharsets.UTF_8), runner);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<JsonNode> jsonLines() {
        ObjectMapper json = new ObjectMapper();
        return printed()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(line, e);
                    }
                })
                .toList();
    }
}
