package dev.rowkeep.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScaleSettingsTest {
    @Test
    void theLogGrowsFromAsManyRowsAsThereAreRecordsToTenMillionUnlessSaidOtherwise() {
        ScaleSettings usual = ScaleSettings.parse(List.of());

        assertThat(usual.storage()).isEqualTo(KeepStorage.SQLITE);
        assertThat(usual.chart()).isEmpty();
        assertThat(usual.sizes()).containsExactly(10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000);
    }

    @Test
    void everyOptionIsRead() {
        ScaleSettings settings = ScaleSettings.parse(List.of(
                "2000",
                "/data",
                "a.svg",
                "--storage",
                "duckdb",
                "--records",
                "200",
                "--rounds",
                "7",
                "--seconds",
                "0.5"));

        assertThat(settings)
                .isEqualTo(new ScaleSettings(
                        new Settings(List.of(), 0.5, 7, Path.of("/data"), 200, 64),
                        KeepStorage.DUCKDB,
                        2000,
                        Optional.of(Path.of("a.svg"))));
        assertThat(settings.sizes()).containsExactly(300, 1000);
        assertThat(ScaleSettings.parse(List.of("20000", "--svg", "b.svg")).chart())
                .contains(Path.of("b.svg"));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertRefused("No option --fast", "--fast", "yes");
        assertRefused("needs a value", "--svg");
        assertRefused("at most 3", "1000000", "/data", "a.svg", "more");
        assertRefused("fewer --records", "9999");
        assertRefused("fewer --records", "900", "--records", "400");
        assertRefused("mysql", "--storage", "mysql");
    }

    private static void assertRefused(String message, String... options) {
        assertThatThrownBy(() -> ScaleSettings.parse(List.of(options)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
