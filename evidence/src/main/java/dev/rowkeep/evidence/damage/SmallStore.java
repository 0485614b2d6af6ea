package dev.rowkeep.evidence.damage;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that writes a stage of the store that is to be damaged, and ends without closing it, so that its write-ahead log is left.
 * What it writes depends on the stage only.
 */
final class SmallStore {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> NUMBER = Column.integer("number").required();
    static final Column<String> NOTE = Column.text("note");
    static final Schema<String, Row> PLAIN =
            Schema.dynamic("plain", ID, NUMBER, NOTE).index(NOTE);
    static final Schema<String, Row> UNIQUE = Schema.dynamic("singular", ID, NUMBER.unique(), NOTE);

    static final List<String> KEYS = List.of("k0", "k1", "k2", "k3");

    private SmallStore() {}

    /** Writes stage {@code args[2]} to the database {@code args[1]} of the {@link Engine} {@code args[0]}. */
    public static void main(String[] args) {
        RowKeep keep = RowKeep.open(Engine.valueOf(args[0]).at(Path.of(args[1])));
        write(keep, Integer.parseInt(args[2]));
        Runtime.getRuntime().halt(0);
    }

    private static void write(RowKeep keep, int stage) {
        RecordStore<String, Row> plain = keep.store(PLAIN).as(keep.session(Author.user("ana")));
        RecordStore<String, Row> singular = keep.store(UNIQUE).as(keep.session(Author.job("nightly")));
        long number = stage * 1000L;
        for (String key : KEYS.subList(0, 2 + stage)) {
            number++;
            put(plain, key, number);
            put(singular, key, number);
        }
        // Beyond version 16, of which a full image is kept.
        for (int i = 0; i < 12 - 9 * stage; i++) {
            number++;
            put(plain, "k0", number);
        }
        plain.query().count(); // Brings into DuckDB what there is so far; the rest stays in its journal.
        plain.delete("k1");
        singular.delete("k" + stage);
        keep.session(Author.user("ben"))
                .commit(List.of(
                        Edit.insert(PLAIN, row(PLAIN, "both" + stage, number)),
                        Edit.insert(UNIQUE, row(UNIQUE, "both" + stage, number + 1))))
                .orThrow();
    }

    private static void put(RecordStore<String, Row> store, String key, long number) {
        String note = "note " + number;
        if (store.exists(key)) {
            store.update(key, row -> row.with(NUMBER, number).with(NOTE, note));
        } else {
            store.insert(row(store.schema(), key, number));
        }
    }

    private static Row row(Schema<String, Row> schema, String key, long number) {
        return Row.of(schema, key).with(NUMBER, number).with(NOTE, "note " + number);
    }
}
