package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The first line is a key, the second a text in a cell: refused by every verb with nothing written, or found by itself everywhere. */
final class KeysTarget implements FuzzTarget {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> BODY = Column.text("body");
    private static final Schema<String, Row> THINGS = Schema.dynamic("things", ID, BODY.unique());
    private static final int MOST_USES = 500;

    private final FuzzStore store;

    KeysTarget(Path directory) {
        store = new FuzzStore(directory, MOST_USES);
    }

    @Override
    public void accept(byte[] input) {
        store.use();
        Fields fields = Fields.of(input);
        String key = fields.text(0);
        String body = fields.text(1);
        RecordStore<String, Row> things = store.keep().store(THINGS);
        long head = store.keep().log().head().sequence();
        WriteResult<String, Row> result = things.apply(Edit.insertRaw(THINGS, Map.of("id", key, "body", body)));
        boolean isKey = !(THINGS.judgeKey(key) instanceof CellVerdict.Rejected);
        if (result instanceof WriteResult.Rejected<String, Row> rejected) {
            rejected.verdict().violations().forEach(each -> Refusal.checkText(each.toString(), each));
            Expect.equal(store.keep().log().head().sequence(), head, "the head after a refusal");
            if (!isKey) {
                checkNoKey(things, key);
            }
        } else {
            checkFound(things, result.orThrow(), key, body);
            things.delete(key);
            Expect.that(things.get(key).isEmpty(), "a deleted record is gone");
        }
    }

    private static void checkNoKey(RecordStore<String, Row> things, String key) {
        List<Runnable> reads = List.of(
                () -> things.get(key), () -> things.exists(key), () -> things.history(key), () -> things.asOf(key, 1));
        for (Runnable read : reads) {
            try {
                read.run();
            } catch (IllegalArgumentException e) {
                Refusal.check(e);
                continue;
            }
            throw new AssertionError("What is no key was read by");
        }
    }

    private static void checkFound(
            RecordStore<String, Row> things, VersionedRecord<String, Row> written, String key, String body) {
        Expect.equal(written.key(), key, "the key");
        Expect.equal(written.value().get(BODY), body, "the text");
        List<VersionedRecord<String, Row>> all = things.query().list();
        Expect.equal(all.size(), 1, "how many records there are");
        Expect.equal(all.get(0).key(), key, "the key in a query");
        Expect.equal(all.get(0).value().get(BODY), body, "the text in a query");
        Expect.equal(things.where(Condition.eq(ID, key)).count(), 1L, "found by its key");
        Expect.equal(things.where(Condition.eq(BODY, body)).count(), 1L, "found by its text");
        Expect.equal(things.where(Condition.startsWith(BODY, body)).count(), 1L, "found by how it starts");
        Expect.equal(things.where(Condition.contains(BODY, body)).count(), 1L, "found by what is in it");
        Expect.equal(things.asOf(key, written.version()).orElseThrow().value().get(BODY), body, "the text in the log");
        things.query().page(1).next().map(Cursor::text).ifPresent(text -> {
            Expect.that(text.matches("[A-Za-z0-9_-]+"), "a cursor can go through a URL");
        });
    }
}
