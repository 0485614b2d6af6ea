package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines are names of a store, its key, and two columns, one unique and one indexed. They are refused, with the storage as sound as
 * before, or make a store that works.
 */
final class NamesTarget implements FuzzTarget {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final int MOST_USES = 60;

    private final FuzzStore store;

    NamesTarget(Path directory) {
        store = new FuzzStore(directory, MOST_USES);
    }

    @Override
    public void accept(byte[] input) {
        store.use();
        Fields fields = Fields.of(input);
        Schema<String, Row> schema = schema(fields);
        if (schema == null) {
            return;
        }
        Expect.that(
                schema.allColumns().stream().allMatch(column -> isPlain(column.name())), "columns have plain names");
        Expect.that(isPlain(schema.name()), "stores have plain names");
        RecordStore<String, Row> records;
        try {
            records = store.keep().store(schema);
        } catch (RuntimeException e) {
            Refusal.check(e);
            store.verify();
            return;
        }
        write(records, schema);
    }

    private static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    private static @Nullable Schema<String, Row> schema(Fields fields) {
        try {
            Column<String> unique = Column.text(fields.text(2)).unique();
            Column<Long> indexed = Column.integer(fields.text(3));
            return Schema.dynamic(fields.text(0), Column.text(fields.text(1)), unique, indexed)
                    .index(indexed, unique);
        } catch (IllegalArgumentException e) {
            Refusal.check(e);
            return null;
        }
    }

    private static void write(RecordStore<String, Row> records, Schema<String, Row> schema) {
        Column<String> unique = schema.column(schema.columns().get(0).name(), String.class);
        Column<Long> indexed = schema.column(schema.columns().get(1).name(), Long.class);
        String key = "k" + records.query().count();
        records.insert(Row.of(schema, key).with(unique, key).with(indexed, 7L));
        Expect.equal(records.where(Condition.eq(unique, key)).count(), 1L, "found by the unique column");
        Expect.that(records.where(Condition.eq(indexed, 7L)).count() > 0, "found by the indexed column");
        Expect.equal(records.get(key).orElseThrow().value().get(unique), key, "the cell");
        Expect.equal(
                records.query().select(indexed).get(0).columns().stream()
                        .map(Column::name)
                        .toList(),
                List.of(indexed.name()),
                "the selected column");
    }

    @Override
    public void close() {
        store.close();
    }
}
