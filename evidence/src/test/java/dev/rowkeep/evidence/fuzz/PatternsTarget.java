package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;

/** The first line is a regular expression, the second a text: the expression is refused, or every text judged, in bounded time. */
final class PatternsTarget implements FuzzTarget {
    @Override
    public void accept(byte[] input) {
        Fields fields = Fields.of(input);
        Column<String> column;
        try {
            column = Column.text("code").pattern(fields.text(0));
        } catch (IllegalArgumentException e) {
            if (e.getClass() != IllegalArgumentException.class) {
                throw e;
            }
            return;
        }
        for (String text : new String[] {fields.text(1), fields.text(1).repeat(20), "a".repeat(40)}) {
            CellVerdict verdict = column.judge(text);
            if (verdict instanceof CellVerdict.Rejected rejected) {
                // It quotes the pattern twice, which is the application's own.
                int most = Refusal.MOST_MESSAGE + 2 * fields.text(0).length();
                Expect.that(rejected.toString().length() <= most, "a message is short");
            } else {
                Expect.equal(column.judge(text), verdict, "the verdict, asked again");
            }
        }
    }
}
