package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What contenders lost, for reports. */
final class LossLines {
    private LossLines() {}

    /**
     * A line about those whose updates are all there, and one about each other, with the command to see it again.
     *
     * @param options of the run
     */
    static List<String> of(List<Verdict> verdicts, List<String> options) {
        List<String> lines = new ArrayList<>();
        String sound = verdicts.stream()
                .filter(verdict -> verdict.loss() == null)
                .map(verdict -> "0 of " + verdict.acknowledged() + " by " + verdict.name())
                .collect(Collectors.joining(", "));
        if (!sound.isEmpty()) {
            lines.add("updates lost or applied twice: " + sound);
        }
        for (Verdict verdict : verdicts) {
            if (verdict.loss() != null) {
                lines.add("updates LOST or applied twice by " + verdict.name() + ": " + verdict.loss()
                        + " To see it again, more than once if need be: compare " + String.join(" ", options));
            }
        }
        return lines;
    }
}
