package dev.rowkeep.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.benchmarks.harness.Latencies;
import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.Sample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureTest {
    private static final Measurement OURS = measurement("rowkeep", 36_000, 36_100, 35_000);
    private static final Measurement THEIRS = measurement("jdbc-sqlite", 2_900, 2_000, 3_000);

    @Test
    void theJsonLineHasTheFormThatTheTargetsPrescribe() {
        Figure figure = Figure.of("W64", "updates", Metric.RATE, OURS, THEIRS)
                .goal(Goal.atLeast(10))
                .withP99();

        assertThat(JsonLine.of(figure))
                .isEqualTo("{\"id\":\"W64\",\"storage\":\"sqlite\",\"work\":\"updates\",\"ours\":36000,\"theirs\":2900,"
                        + "\"peer\":\"jdbc-sqlite\",\"unit\":\"ops/s\",\"ratio\":12.4,\"target\":10,\"met\":true,"
                        + "\"rounds\":3,\"p99_ratio\":1}");
    }

    @Test
    void aFigureWithoutGoalIsNeitherMetNorMissed() {
        assertThat(JsonLine.of(Figure.of("W64", "a \"b\"", Metric.RATE, OURS, THEIRS)))
                .contains("\"work\":\"a \\\"b\\\"\"", "\"target\":null,\"met\":null")
                .doesNotContain("p99_ratio");
    }

    @Test
    void goalsKnowWhichSideIsGood() {
        assertThat(Goal.atLeast(6).isMetBy(6)).isTrue();
        assertThat(Goal.atLeast(6).isMetBy(5.9)).isFalse();
        assertThat(Goal.atMost(0.5).isMetBy(0.5)).isTrue();
        assertThat(Goal.atMost(0.5).isMetBy(0.6)).isFalse();
    }

    @Test
    void theTableShowsMediansWithTheirSpread() {
        Figure figure = Figure.of("W64", "updates", Metric.RATE, OURS, THEIRS).goal(Goal.atLeast(20));

        assertThat(MarkdownTable.line(figure, null))
                .contains("| 36000 [35000–36100] | 2900 [2000–3000] |", "≥ 20", "**no**");
    }

    private static Measurement measurement(String name, long... operations) {
        List<Sample> samples = Arrays.stream(operations)
                .mapToObj(each -> new Sample(each, 1_000_000_000, 1_000_000_000, oneMilli()))
                .toList();
        return new Measurement(name, "", samples);
    }

    private static Latencies oneMilli() {
        Latencies latencies = new Latencies();
        latencies.add(1_000_000);
        return latencies;
    }
}
