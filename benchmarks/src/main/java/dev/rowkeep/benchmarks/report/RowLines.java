package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a row has to say, as lines that one process can hand to another.
 *
 * @param figures JSON lines, or what went wrong
 * @param table lines of the Markdown table
 * @param settings what each contender ran with
 * @param hasFailed whether the row failed
 */
public record RowLines(List<String> figures, List<String> table, List<String> settings, boolean hasFailed) {
    private static final String FIGURE = "F ";
    private static final String TABLE = "T ";
    private static final String SETTING = "S ";
    private static final String FAILED = "X ";

    /** Of a row that was measured with {@code run}. */
    public static RowLines of(String id, RowReport row, Settings run) {
        List<String> lines = new ArrayList<>(row.settings());
        lines.addAll(LossLines.of(row.verdicts(), run.options(id)));
        return new RowLines(
                row.figures().stream().map(JsonLine::of).toList(),
                row.figures().stream()
                        .map(figure -> MarkdownTable.line(figure, row.syncsPerSecond()))
                        .toList(),
                lines.stream().map(line -> "- " + id + ", " + line).toList(),
                false);
    }

    /** Of a row that failed. */
    public static RowLines failure(String id, String work, Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        List<String> lines = new ArrayList<>(List.of(id + " FAILED"));
        lines.addAll(trace.toString().lines().toList());
        return new RowLines(lines, List.of(MarkdownTable.failure(id, work, cause)), List.of(), true);
    }

    /** Writes them so that {@link #read} finds them. */
    public void write(PrintStream out) {
        figures.forEach(line -> out.println((hasFailed ? FAILED : FIGURE) + line));
        table.forEach(line -> out.println(TABLE + line));
        settings.forEach(line -> out.println(SETTING + line));
        out.flush();
    }

    /** Reads what {@link #write} wrote. */
    public static RowLines read(BufferedReader in) throws IOException {
        List<String> figures = new ArrayList<>();
        List<String> table = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        boolean hasFailed = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String rest = line.substring(Math.min(2, line.length()));
            if (line.startsWith(TABLE)) {
                table.add(rest);
            } else if (line.startsWith(SETTING)) {
                settings.add(rest);
            } else if (line.startsWith(FIGURE) || line.startsWith(FAILED)) {
                hasFailed |= line.startsWith(FAILED);
                figures.add(rest);
            }
        }
        return new RowLines(figures, table, settings, hasFailed);
    }
}
