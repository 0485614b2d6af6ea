package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.InvalidJsonException;
import dev.rowkeep.schema.Json;
import java.nio.charset.StandardCharsets;

/** A document is refused, or its canonical text is a document of the same value. */
final class JsonTarget implements FuzzTarget {
    private static final Column<Json> COLUMN = Column.json("document");
    private static final int DEEPEST = 200;

    @Override
    public void accept(byte[] input) {
        String document = String.join("\n", Fields.of(input).texts());
        Allocation.check(input.length, () -> parse(document));
    }

    private static void parse(String document) {
        Json json;
        try {
            json = Json.parse(document);
        } catch (InvalidJsonException e) {
            Refusal.check(e);
            Expect.that(COLUMN.judge(document) instanceof CellVerdict.Rejected, "a column refuses what Json refuses");
            return;
        }
        String canonical = json.text();
        Expect.equal(Json.parse(canonical).text(), canonical, "canonical text");
        Expect.that(depth(canonical) <= DEEPEST, "at most " + DEEPEST + " levels");
        byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
        Expect.equal(new String(bytes, StandardCharsets.UTF_8), canonical, "canonical text through UTF-8");
        Expect.that(canonical.indexOf(0) < 0, "no U+0000");
        Expect.that(!(COLUMN.judge(document) instanceof CellVerdict.Rejected), "a column takes what Json takes");
    }

    private static int depth(String canonical) {
        int depth = 0;
        int deepest = 0;
        boolean isQuoted = false;
        for (int i = 0; i < canonical.length(); i++) {
            char c = canonical.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted) {
                depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
                deepest = Math.max(deepest, depth);
            }
        }
        return deepest;
    }
}
