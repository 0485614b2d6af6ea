package dev.rowkeep.examples;

import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.RecordVerdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the rows of an import. Filled by the importing thread. */
final class ImportReport {
    private static final int SAMPLES = 2;

    private final Map<String, Integer> coercions = new TreeMap<>();
    private final Map<String, List<Refusal>> refusals = new TreeMap<>();
    private int accepted;
    private int rejected;
    private int commits;

    /** One value that did not pass. */
    record Refusal(String id, CellVerdict.Rejected verdict) {}

    void judged(String id, RecordVerdict verdict) {
        if (verdict.isAccepted()) {
            accepted++;
        } else {
            rejected++;
        }
        for (CellVerdict.Coerced coerced : verdict.coercions()) {
            coercions.merge(coerced.column() + ": " + coerced.why(), 1, Integer::sum);
        }
        for (CellVerdict.Rejected violation : verdict.violations()) {
            refusals.computeIfAbsent(violation.column() + ", rule " + violation.rule(), rule -> new ArrayList<>())
                    .add(new Refusal(id, violation));
        }
    }

    void committed() {
        commits++;
    }

    int rows() {
        return accepted + rejected;
    }

    int accepted() {
        return accepted;
    }

    int rejected() {
        return rejected;
    }

    int commits() {
        return commits;
    }

    /** How many values were bent to fit, by column and why. */
    Map<String, Integer> coercions() {
        return coercions;
    }

    /** The values that did not pass, by column and rule. */
    Map<String, List<Refusal>> refusals() {
        return refusals;
    }

    void print(PrintStream out) {
        out.printf("   %,d rows: %,d accepted in %,d commits, %,d rejected%n", rows(), accepted, commits, rejected);
        out.println("   coerced");
        coercions.forEach((why, values) -> out.printf("   %,7d  %s%n", values, why));
        out.println("   rejected");
        refusals.forEach((rule, refused) -> {
            out.printf("   %,7d  %s%n", refused.size(), rule);
            refused.stream()
                    .limit(SAMPLES)
                    .forEach(sample -> out.printf(
                            "            %s %s. %s%n",
                            sample.id(),
                            sample.verdict().message(),
                            sample.verdict().fix()));
        });
    }
}
