package dev.rowkeep.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A figure as one line of JSON, in the form that the targets prescribe. */
final class JsonLine {
    private JsonLine() {}

    static String of(Figure figure) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", text(figure.id()));
        fields.put("storage", text(figure.storage()));
        fields.put("work", text(figure.work()));
        fields.put("ours", Numbers.plain(figure.ours().value().median()));
        fields.put("theirs", Numbers.plain(figure.theirs().value().median()));
        fields.put("peer", text(figure.theirs().name()));
        fields.put("unit", text(figure.unit()));
        fields.put("ratio", Numbers.plain(figure.ratio()));
        Goal goal = figure.goal();
        fields.put("target", goal == null ? "null" : Numbers.plain(goal.bound()));
        fields.put("met", String.valueOf(figure.met()));
        fields.put("rounds", String.valueOf(figure.rounds()));
        Double p99Ratio = figure.p99Ratio();
        if (p99Ratio != null) {
            fields.put("p99_ratio", Numbers.plain(p99Ratio));
        }
        return fields.entrySet().stream()
                .map(field -> text(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
