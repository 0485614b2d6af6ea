package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Spread;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tables in Markdown for people; of figures, their medians, with the least and the most of the rounds in brackets. */
public final class MarkdownTable {
    private static final List<String> HEAD = List.of(
            "row",
            "work",
            "unit",
            "ours",
            "theirs",
            "peer",
            "ratio",
            "target",
            "met",
            "CPU-µs/op ours : theirs",
            "p99 ms ours : theirs",
            "slowest ms ours : theirs",
            "fdatasync/s");

    private MarkdownTable() {}

    static String head() {
        return head(HEAD);
    }

    /** The lines above a table's first line, with the names of its columns. */
    public static String head(List<String> names) {
        return line(names) + "\n" + line(names.stream().map(name -> "---").toList());
    }

    static String line(Figure figure, @Nullable Spread syncsPerSecond) {
        Boolean met = figure.met();
        boolean timed = figure.p99Ratio() != null;
        return line(List.of(
                figure.id(),
                figure.work(),
                figure.unit(),
                Numbers.spread(figure.ours().value()),
                Numbers.spread(figure.theirs().value()),
                figure.theirs().name(),
                Numbers.spread(figure.ratioSpread()),
                figure.goal() == null ? "" : figure.goal().toString(),
                met == null ? "" : met ? "yes" : "**no**",
                pair(figure, Side.Timing::cpuMicros),
                timed ? pair(figure, Side.Timing::p99Millis) : "",
                timed ? pair(figure, Side.Timing::slowestMillis) : "",
                syncsPerSecond == null ? "" : Numbers.spread(syncsPerSecond)));
    }

    static String failure(String id, String work, Throwable cause) {
        return line(List.of(id, work, "", "", "", "", "", "", "**FAILED** " + cause, "", "", "", ""));
    }

    private static String pair(Figure figure, Function<Side.Timing, Spread> what) {
        Side.Timing ours = figure.ours().timing();
        Side.Timing theirs = figure.theirs().timing();
        if (ours == null || theirs == null) {
            return "";
        }
        return Numbers.plain(what.apply(ours).median()) + " : "
                + Numbers.plain(what.apply(theirs).median());
    }

    /** A line of a table. */
    public static String line(List<String> cells) {
        StringBuilder line = new StringBuilder("|");
        for (String cell : cells) {
            line.append(' ')
                    .append(cell.replace("|", "\\|").replaceAll("\\s+", " "))
                    .append(" |");
        }
        return line.toString();
    }
}
