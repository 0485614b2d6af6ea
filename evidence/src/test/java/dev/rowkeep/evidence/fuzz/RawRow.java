package dev.rowkeep.evidence.fuzz;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fields as the raw row of an import: a line {@code name=kind:text} each, where the kind says which Java class the value has. */
final class RawRow {
    private static final int MOST_TEXT = 400;

    private RawRow() {}

    static Map<String, @Nullable Object> of(Fields fields) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (String line : fields.texts()) {
            int at = line.indexOf('=');
            if (at >= 0) {
                row.put(line.substring(0, at), value(line.substring(at + 1)));
            }
        }
        return row;
    }

    private static @Nullable Object value(String field) {
        String text = field.length() < 2 ? "" : field.substring(2);
        try {
            return switch (field.isEmpty() ? ' ' : field.charAt(0)) {
                case 'l' -> Long.valueOf(text);
                case 'i' -> Integer.valueOf(text);
                case 'f' -> Float.valueOf(text);
                case 'd' -> Double.valueOf(text);
                case 'D' -> new BigDecimal(text);
                case 'I' -> new BigInteger(text);
                case 't' -> Instant.parse(text);
                case 'y' -> LocalDate.parse(text);
                case 'b' -> Boolean.valueOf(text);
                case 'x' -> text.getBytes(StandardCharsets.UTF_8);
                case 'c' -> text.isEmpty() ? ' ' : text.charAt(0);
                case 'n' -> null;
                case 'r' -> text.repeat(Math.max(1, MOST_TEXT / Math.max(1, text.length())));
                case 'a' -> Arrays.asList(text.split("[|]", -1));
                case 'm' -> Map.of(text, List.of(text, 1, true));
                case 'o' -> new Object();
                default -> text;
            };
        } catch (RuntimeException e) {
            return text; // Whatever is no number, no day and no moment is given as the text it is.
        }
    }
}
