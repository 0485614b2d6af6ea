package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.benchmarks.tool.ToolWriters;
import java.nio.file.Path;
import java.util.List;

/**
 * T1, TE1, TH1, TK1 and the same with 8 and 64: the updates of W1, W8 and W64 against the tools that a Java team would pick.
 *
 * @param id the row
 * @param threads how many writers
 * @param tools what RowKeep is compared with
 */
record ToolsRow(String id, int threads, ToolSet tools) implements Row {
    @Override
    public String work() {
        return "SQLite against " + tools.description() + ", blocking, uniform keys, writers: " + threads;
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        String[] keys = sides.keys();
        KeyChoice uniform = KeyChoice.uniform(keys);
        int writers = bench.settings().threads(threads);
        try (Race race = new Race(bench)) {
            race.add(sides.keep("rowkeep", KeepWriting.expectingTheVersionRead(), uniform), writers);
            for (ToolSet.Opening tool : tools.openings()) {
                Path directory = bench.workspace().directory("tool");
                race.add(new ToolWriters(tool.open(directory, keys.length), uniform), writers);
            }
            RaceResult result = race.run();
            Measurement ours = result.of(0);
            List<Figure> figures = result.measurements().stream()
                    .skip(1)
                    .map(theirs ->
                            Figure.of(id, work(), Metric.RATE, ours, theirs).withP99())
                    .toList();
            return RowReport.of(result, figures);
        }
    }
}
