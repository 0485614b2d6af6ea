package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Coercion;
import dev.rowkeep.schema.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The first line is a text for cells of every type and every coercion, the second a format of dates. What is taken is canonical: taken
 * again, by a column that coerces nothing, it stays what it is.
 */
final class CoercionsTarget implements FuzzTarget {
    private static final List<Column<?>> COLUMNS = List.of(
            Column.text("text").length(0, 100),
            Column.integer("whole"),
            Column.decimal("price", 18, 2),
            Column.decimal("count", 5, 0),
            Column.real("ratio"),
            Column.bool("flag"),
            Column.date("day"),
            Column.date("usual").format("MMM dd yyyy"),
            Column.timestamp("at"),
            Column.timestamp("local").format("yyyy-MM-dd HH:mm"),
            Column.uuid("id"),
            Column.enumeration("mode", Coercion.class),
            Column.bytes("bytes"),
            Column.textSet("tags"),
            Column.json("document"));

    private static final List<Column<?>> EVERY_WAY = everyWay();

    private static List<Column<?>> everyWay() {
        List<Column<?>> columns = new ArrayList<>();
        for (Column<?> column : COLUMNS) {
            for (Coercion coercion : Coercion.values()) {
                columns.add(column.coercion(coercion));
            }
        }
        return columns;
    }

    @Override
    public void accept(byte[] input) {
        Fields fields = Fields.of(input);
        Allocation.check(
                input.length * EVERY_WAY.size(), () -> EVERY_WAY.forEach(column -> judge(column, fields.text(0))));
        judgeFormatted(fields);
    }

    private static void judgeFormatted(Fields fields) {
        List<Column<?>> formatted;
        try {
            formatted = List.of(
                    Column.date("day").format(fields.text(1)),
                    Column.timestamp("at").format(fields.text(1)));
        } catch (IllegalArgumentException e) {
            if (e.getClass() != IllegalArgumentException.class) {
                throw e;
            }
            return; // The message quotes the format, which is the application's own.
        }
        for (Column<?> column : formatted) {
            checkCanonical(column, column.judge(fields.text(0)));
        }
    }

    private static void judge(Column<?> column, String text) {
        CellVerdict verdict = column.judge(text);
        if (verdict instanceof CellVerdict.Rejected rejected) {
            Refusal.checkText(rejected.toString(), rejected);
        }
        checkCanonical(column, verdict);
    }

    private static <T> void checkCanonical(Column<T> column, CellVerdict verdict) {
        if (!(verdict instanceof CellVerdict.Rejected)) {
            Object value = verdict instanceof CellVerdict.Accepted accepted
                    ? accepted.value()
                    : ((CellVerdict.Coerced) verdict).value();
            if (value == null) {
                return;
            }
            T seen = column.type().fromCanonical(value);
            Expect.equal(
                    column.coercion(Coercion.OFF).judge(seen),
                    new CellVerdict.Accepted(column.name(), value),
                    column + " of what it made of a text");
        }
    }
}
