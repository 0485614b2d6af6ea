package dev.rowkeep.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardTest {
    @TempDir
    Path directory;

    private static String figure(String id, String unit, double ratio) {
        return "{\"id\":\"" + id + "\",\"storage\":\"sqlite\",\"work\":\"w\",\"peer\":\"p\",\"unit\":\"" + unit
                + "\",\"ratio\":" + ratio + "}";
    }

    private Guard guard(double share) throws IOException {
        Path file = directory.resolve("earlier.md");
        Files.write(file, List.of("# A run", figure("W1", "ops/s", 2), figure("R1", "ns/op", 2), "| a table |"));
        return Guard.read(file, share);
    }

    @Test
    void ratioThatFellByMoreThanTheShareIsNamed() throws IOException {
        Guard guard = guard(0.25);
        guard.check(List.of(figure("W1", "ops/s", 1.4), figure("R1", "ns/op", 2.8)));
        assertThat(guard.worse())
                .containsExactly(
                        "W1 against p: the ratio of ops/s was 2 and is 1.4",
                        "R1 against p: the ratio of ns/op was 2 and is 2.8");
    }

    @Test
    void ratioWithinTheShareOrBetterPasses() throws IOException {
        Guard guard = guard(0.25);
        guard.check(List.of(figure("W1", "ops/s", 1.6), figure("R1", "ns/op", 2.6)));
        guard.check(List.of(figure("W1", "ops/s", 9), figure("R1", "ns/op", 0.1), figure("W8", "ops/s", 0.1)));
        assertThat(guard.worse()).isEmpty();
        assertThat(guard.compared()).isEqualTo(4);
    }

    @Test
    void baselineWithoutFiguresIsRefused() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.md"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Guard.read(empty, 0.2))
                .withMessageContaining("no figure");
        assertThatIllegalArgumentException().isThrownBy(() -> Guard.read(directory.resolve("nowhere"), 0.2));
        assertThatIllegalArgumentException().isThrownBy(() -> guard(1));
    }
}
