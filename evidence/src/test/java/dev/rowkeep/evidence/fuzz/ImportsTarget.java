package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Coercion;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Parsed;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A raw row is refused, by {@code parse} and by a write, with nothing written, or read back as what {@code parse} made of it. */
final class ImportsTarget implements FuzzTarget {
    private static final List<Schema<String, Row>> SCHEMAS =
            List.of(schema("strict", Coercion.STRICT), schema("lenient", Coercion.LENIENT));
    private static final int MOST_USES = 300;

    private final FuzzStore store;

    ImportsTarget(Path directory) {
        store = new FuzzStore(directory, MOST_USES);
    }

    private static Schema<String, Row> schema(String name, Coercion coercion) {
        List<Column<?>> columns = new ArrayList<>();
        for (Column<?> column : List.of(
                Column.text("body").length(0, 1000),
                Column.integer("whole").defaultValue(7L),
                Column.decimal("price", 18, 2),
                Column.real("ratio"),
                Column.bool("flag"),
                Column.date("day"),
                Column.timestamp("at"),
                Column.uuid("uid").unique(),
                Column.enumeration("mode", Coercion.class),
                Column.bytes("bytes"),
                Column.textSet("tags"),
                Column.json("document"))) {
            columns.add(column.coercion(coercion));
        }
        return Schema.dynamic(name, Column.text("id"), columns.toArray(new Column<?>[0]));
    }

    @Override
    public void accept(byte[] input) {
        store.use();
        Map<String, @Nullable Object> raw = RawRow.of(Fields.of(input));
        for (Schema<String, Row> schema : SCHEMAS) {
            write(schema, raw);
        }
    }

    private void write(Schema<String, Row> schema, Map<String, @Nullable Object> raw) {
        RecordStore<String, Row> records = store.keep().store(schema);
        long head = store.keep().log().head().sequence();
        Parsed<Row> parsed = schema.parse(raw);
        WriteResult<String, Row> result = records.apply(Edit.insertRaw(schema, raw));
        parsed.verdict().cells().forEach(cell -> Refusal.checkText("cell " + cell + " was judged", cell));
        if (parsed.value().isEmpty()) {
            Expect.that(result instanceof WriteResult.Rejected, "a write refuses what parse refuses, not " + result);
            Expect.equal(store.keep().log().head().sequence(), head, "the head after a refusal");
            return;
        }
        Row row = parsed.value().orElseThrow();
        VersionedRecord<String, Row> written = result.orThrow();
        Expect.equal(written.value().toMap(), row.toMap(), "what was written");
        List<VersionedRecord<String, Row>> found = records.query().list();
        Expect.equal(found.size(), 1, "how many records there are");
        Expect.equal(found.get(0).value(), row, "what a query reads");
        Expect.equal(
                records.asOf(written.key(), written.version()).orElseThrow().value(), row, "what the log reads");
        records.delete(written.key());
    }

    @Override
    public void close() {
        store.close();
    }
}
