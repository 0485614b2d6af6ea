package dev.rowkeep.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets a log grow far too little to measure anything: that it is measured at each size, the past checked and every update found again. */
final class ScaleTest {
    @TempDir
    private Path directory;

    @Test
    void everySizeHasItsFiguresItsLineAndItsDots() throws Exception {
        Path files = directory.resolve("files");
        Path chart = directory.resolve("chart.svg");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Settings run = new Settings(List.of(), 0.01, 1, files, 100, 1);

        Scale.run(
                new ScaleSettings(run, KeepStorage.SQLITE, 300, Optional.of(chart)),
                new PrintStream(bytes, true, StandardCharsets.UTF_8));

        List<String> printed = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        List<JsonNode> figures = figures(printed);
        int measures = Measure.values().length;
        assertThat(figures).hasSize(2 * measures);
        assertThat(figures.subList(measures, 2 * measures))
                .allSatisfy(figure -> assertThat(figure.get("work").asText()).contains("100 records, 300 log rows"))
                .extracting(figure -> figure.get("id").asText())
                .containsExactly("G1", "G1", "H1", "H2", "O1", "O1", "S1", "S1");
        assertThat(printed).filteredOn(line -> line.startsWith("| 300 |")).hasSize(1);
        assertThat(Files.readString(chart).split("<circle")).hasSize(1 + 2 * measures);
        assertThat(files).isEmptyDirectory();
    }

    private static List<JsonNode> figures(List<String> printed) throws Exception {
        List<JsonNode> figures = new ArrayList<>();
        for (String line : printed) {
            if (line.startsWith("{")) {
                figures.add(new ObjectMapper().readTree(line));
            }
        }
        return figures;
    }
}
