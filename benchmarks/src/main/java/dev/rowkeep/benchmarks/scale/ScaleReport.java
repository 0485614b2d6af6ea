package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.chart.Panel;
import dev.rowkeep.benchmarks.chart.Point;
import dev.rowkeep.benchmarks.harness.Spread;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.MarkdownTable;
import dev.rowkeep.benchmarks.report.Numbers;
import dev.rowkeep.benchmarks.report.RowLines;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.benchmarks.report.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a store cost at one size after the other, as figures, as a table and as a chart. */
final class ScaleReport {
    private static final String SYNCS = "fdatasync/s";

    private final ScaleSettings settings;
    private final List<AtSize> sizes = new ArrayList<>();

    ScaleReport(ScaleSettings settings) {
        this.settings = settings;
    }

    /** Adds the next size; the JSON lines of its figures, theirs being what the shortest log cost, and of opening what it may cost. */
    List<String> add(AtSize size) {
        sizes.add(size);
        List<Figure> figures = Arrays.stream(Measure.values())
                .map(measure -> figure(measure, size))
                .toList();
        return RowLines.of("scale", new RowReport(figures, List.of()), settings.run())
                .figures();
    }

    private Figure figure(Measure measure, AtSize size) {
        AtSize first = sizes.get(0);
        Side driver = measure == Measure.OPEN ? size.driver() : null;
        AtSize.Value value = size.value(measure);
        Side theirs = driver != null
                ? driver
                : new Side(named(first), first.value(measure).spread(), null);
        return new Figure(
                measure.id(),
                settings.storage().id(),
                settings.storage().title() + ", " + settings.run().records() + " records, " + size.logRows()
                        + " log rows: " + measure.title(),
                new Side(named(size), value.spread(), null),
                theirs,
                measure.unit(),
                driver != null ? Measure.OPENING : measure.goal(),
                value.rounds(),
                null);
    }

    private static String named(AtSize size) {
        return "rowkeep-log-of-" + size.logRows();
    }

    /** The lines of a table with a line a size, and the ratios of the last to the first. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(MarkdownTable.head(line("log rows", measure -> measure.title() + ", " + measure.shownUnit(), SYNCS)));
        for (AtSize size : sizes) {
            lines.add(MarkdownTable.line(line(
                    Integer.toString(size.logRows()),
                    measure -> Numbers.spread(shown(size, measure)),
                    Numbers.spread(size.syncsPerSecond()))));
        }
        AtSize first = sizes.get(0);
        AtSize last = sizes.get(sizes.size() - 1);
        lines.add(MarkdownTable.line(line("last by first", measure -> ratio(last, first, measure), "")));
        return lines;
    }

    private static List<String> line(String first, Function<Measure, String> middle, String last) {
        List<String> cells = new ArrayList<>(List.of(first));
        Arrays.stream(Measure.values()).map(middle).forEach(cells::add);
        cells.add(last);
        return cells;
    }

    private static String ratio(AtSize last, AtSize first, Measure measure) {
        return Numbers.plain(last.value(measure).spread().median()
                / first.value(measure).spread().median());
    }

    private static Spread shown(AtSize size, Measure measure) {
        return size.value(measure).in(measure.shownIn());
    }

    /** A panel a measure. */
    List<Panel> panels() {
        return Arrays.stream(Measure.values())
                .map(measure -> new Panel(
                        measure.title(),
                        measure.shownUnit(),
                        sizes.stream()
                                .map(size -> new Point(size.logRows(), shown(size, measure)))
                                .toList()))
                .toList();
    }
}
