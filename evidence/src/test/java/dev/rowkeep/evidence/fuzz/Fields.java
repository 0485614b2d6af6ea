package dev.rowkeep.evidence.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Texts in one input, a line each: UTF-8 in which four hexadecimal digits after {@code \}{@code u} are a UTF-16 unit, so that a file of
 * the corpus can be read and still hold what no text file does.
 */
record Fields(List<String> texts) {
    private static final Pattern UNIT = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

    static Fields of(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        return new Fields(text.lines().map(Fields::unescaped).toList());
    }

    private static String unescaped(String line) {
        return UNIT.matcher(line).replaceAll(Fields::unit);
    }

    private static String unit(MatchResult found) {
        char unit = (char) Integer.parseInt(found.group(1), 16);
        return unit == '\\' || unit == '$' ? "\\" + unit : String.valueOf(unit);
    }

    /** The text of the {@code place}-th line, from 0; empty if there are fewer. */
    String text(int place) {
        return place < texts.size() ? texts.get(place) : "";
    }
}
