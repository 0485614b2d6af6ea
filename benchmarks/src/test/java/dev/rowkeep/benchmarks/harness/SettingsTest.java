package dev.rowkeep.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingsTest {
    @Test
    void everyOptionIsRead() {
        Settings settings = Settings.parse(List.of(
                "--rows",
                "W1,W8",
                "--seconds",
                "0.5",
                "--rounds",
                "7",
                "--dir",
                "/data",
                "--records",
                "5000",
                "--threads",
                "8"));

        assertThat(settings).isEqualTo(new Settings(List.of("W1", "W8"), 0.5, 7, Path.of("/data"), 5000, 8));
    }

    @Test
    void unknownOptionsAndMissingValuesAreRefused() {
        assertThatThrownBy(() -> Settings.parse(List.of("--fast", "yes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fast");
        assertThatThrownBy(() -> Settings.parse(List.of("--rounds")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a value");
        assertThatThrownBy(() -> Settings.parse(List.of("--rounds", "0"))).isInstanceOf(IllegalArgumentException.class);
    }
}
