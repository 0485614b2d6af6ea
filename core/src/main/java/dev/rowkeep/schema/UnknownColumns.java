package dev.rowkeep.schema;

import java.util.List;
import java.util.Map;

/** Names in a raw row that are no columns: mistakes, not something to be dropped in silence. */
final class UnknownColumns {
    private static final String RULE = "unknownColumn";

    private UnknownColumns() {}

    static void addTo(List<CellVerdict> verdicts, Schema<?, ?> schema, Map<String, ?> raw) {
        // A map from elsewhere may hold keys that are no texts, whatever its type says.
        for (Object name : ((Map<?, ?>) raw).keySet()) {
            if (!(name instanceof String text) || !schema.hasColumn(text)) {
                verdicts.add(violation(schema, String.valueOf(name)));
            }
        }
    }

    private static CellVerdict violation(Schema<?, ?> schema, String name) {
        List<String> names =
                schema.allColumns().stream().<String>map(Column::name).toList();
        String fix = names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(meant -> "Write it " + meant + ".")
                .orElseGet(() -> "Use one of " + Names.listed(names) + ", or leave it out.");
        return new CellVerdict.Rejected(
                Names.shown(name), RULE, "the store " + schema.name() + " has no such column", fix);
    }
}
