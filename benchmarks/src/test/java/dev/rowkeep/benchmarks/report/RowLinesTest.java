package dev.rowkeep.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.harness.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowLinesTest {
    private static final Settings RUN = new Settings(List.of("T1", "T8"), 2, 3, Path.of("/data"), 500, 8);

    @Test
    void lostUpdatesArePrintedWithTheWayToSeeThemAgain() {
        RowLines lines = RowLines.of(
                "T8",
                report(
                        new Verdict("rowkeep", 900, null),
                        new Verdict("loses", 800, "It holds 799."),
                        new Verdict("other", 700, null)),
                RUN);

        assertThat(lines.settings())
                .containsExactly(
                        "- T8, rowkeep: as shipped",
                        "- T8, updates lost or applied twice: 0 of 900 by rowkeep, 0 of 700 by other",
                        "- T8, updates LOST or applied twice by loses: It holds 799. To see it again, more than once if need"
                                + " be: compare --rows T8 --seconds 2.0 --rounds 3 --dir /data --records 500 --threads 8");
        assertThat(lines.hasFailed()).isFalse();
    }

    @Test
    void aRowThatWritesNothingSaysNothingOfUpdates() {
        assertThat(RowLines.of("R1", report(), RUN).settings()).containsExactly("- R1, rowkeep: as shipped");
    }

    private static RowReport report(Verdict... verdicts) {
        return new RowReport(List.of(), List.of("rowkeep: as shipped"), List.of(verdicts), null);
    }
}
