package dev.rowkeep.schema;

import java.util.Collection;
import java.util.Map;

/** Reads raw values as JSON. */
final class JsonCells {
    private JsonCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof Json) {
            return Verdicts.accepted(column, raw);
        }
        if (column.coercion() == Coercion.OFF) {
            return Verdicts.wrongType(column, raw);
        }
        try {
            if (raw instanceof String document) {
                return Verdicts.coerced(column, raw, Json.parse(document), Why.PARSED);
            }
            boolean tree =
                    raw instanceof Map || raw instanceof Collection || raw instanceof Number || raw instanceof Boolean;
            return tree ? Verdicts.accepted(column, Json.ofTree(raw)) : Verdicts.wrongType(column, raw);
        } catch (InvalidJsonException e) {
            return Verdicts.rejected(column, raw, "json", "is not kept as JSON: " + e.problem(), e.fix());
        }
    }
}
