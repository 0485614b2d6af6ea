package dev.rowkeep.evidence.fault;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.evidence.fault.Ledger.Address;
import dev.rowkeep.evidence.fault.Ledger.Written;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** An open database of two stores whose every write goes into a ledger, under a correlation id of its own, with a value of its own. */
final class TestStore implements AutoCloseable {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value").required();
    static final Column<String> NOTE = Column.text("note");
    static final Schema<String, Row> LEFT = Schema.dynamic("left", ID, VALUE, NOTE);
    static final Schema<String, Row> RIGHT = Schema.dynamic("right", ID, VALUE.unique(), NOTE);

    private final RowKeep keep;
    private final RecordStore<String, Row> left;
    private final RecordStore<String, Row> right;
    private final Ledger ledger;

    private TestStore(RowKeep keep, Ledger ledger) {
        this.keep = keep;
        this.left = keep.store(LEFT);
        this.right = keep.store(RIGHT);
        this.ledger = ledger;
    }

    /** Opens the database; its own failure goes to the caller. */
    static TestStore open(Engine engine, Path database, Ledger ledger) {
        RowKeep keep = RowKeep.open(engine.at(database));
        TestStore store = null;
        try {
            store = new TestStore(keep, ledger);
            return store;
        } finally {
            if (store == null) {
                keep.close();
            }
        }
    }

    RowKeep keep() {
        return keep;
    }

    RecordStore<String, Row> store(String name) {
        return name.equals(LEFT.name()) ? left : right;
    }

    /** Inserts, or updates by closure; whether that was acknowledged. */
    boolean put(String store, String key, String note) {
        return write(List.of(new Address(store, key)), (session, values) -> {
            RecordStore<String, Row> to = store(store).as(session);
            long value = values.get(0);
            return List.of(
                    to.exists(key)
                            ? to.update(key, row -> row.with(VALUE, value).with(NOTE, note))
                            : to.insert(row(to.schema(), key, value, note)));
        });
    }

    boolean delete(String store, String key) {
        String id = ledger.nextId();
        Address address = new Address(store, key);
        Session session = session(id);
        return settle(id, List.of(new Written(address, 0, null)), () -> {
            if (!store(store).exists(key)) {
                return List.of();
            }
            return List.of(
                    new Written(address, store(store).as(session).delete(key).version(), null));
        });
    }

    /** Writes one key in both stores, in one commit. */
    boolean putBoth(String key) {
        return write(
                List.of(new Address(LEFT.name(), key), new Address(RIGHT.name(), key)),
                (session, values) ->
                        session
                                .commit(List.of(edit(left, key, values.get(0)), edit(right, key, values.get(1))))
                                .orThrow()
                                .stream()
                                .<VersionedRecord<?, ?>>map(WriteResult::orThrow)
                                .toList());
    }

    /** Inserts all {@code keys} into the left store, at once. */
    void insertTogether(List<String> keys) {
        List<String> ids = new ArrayList<>();
        List<CompletableFuture<WriteResult<String, Row>>> answers = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String id = ledger.nextId() + "-" + i;
            ids.add(id);
            Row row = row(LEFT, keys.get(i), value(id, 0), "");
            answers.add(left.as(session(id)).applyAsync(Edit.insert(LEFT, row)));
        }
        for (int i = 0; i < keys.size(); i++) {
            String id = ids.get(i);
            CompletableFuture<WriteResult<String, Row>> answer = answers.get(i);
            Address address = new Address(LEFT.name(), keys.get(i));
            settle(id, List.of(new Written(address, 0, value(id, 0))), () -> {
                VersionedRecord<String, Row> record = answer.get().orThrow();
                return List.of(new Written(address, record.version(), value(id, 0)));
            });
        }
    }

    /** Writes through a session what gives the records at some addresses some values. */
    @FunctionalInterface
    private interface Writing {
        List<? extends VersionedRecord<?, ?>> write(Session session, List<Long> values) throws Exception;
    }

    @FunctionalInterface
    private interface Answer {
        List<Written> await() throws Exception;
    }

    private boolean write(List<Address> addresses, Writing writing) {
        String id = ledger.nextId();
        List<Long> values = new ArrayList<>();
        List<Written> wanted = new ArrayList<>();
        for (Address address : addresses) {
            values.add(value(id, values.size()));
            wanted.add(new Written(address, 0, values.get(values.size() - 1)));
        }
        return settle(id, wanted, () -> {
            List<? extends VersionedRecord<?, ?>> records = writing.write(session(id), values);
            List<Written> written = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                written.add(new Written(addresses.get(i), records.get(i).version(), values.get(i)));
            }
            return written;
        });
    }

    private boolean settle(String id, List<Written> wanted, Answer answer) {
        try {
            ledger.acknowledged(id, answer.await());
            return true;
        } catch (ExecutionException e) {
            ledger.failed(id, wanted, Objects.requireNonNull(e.getCause()));
        } catch (Exception | Error e) {
            ledger.failed(id, wanted, e);
        }
        return false;
    }

    private Session session(String id) {
        return keep.session(Author.job("faults")).correlatedBy(id);
    }

    /** No two writes share a value: ids are unique, and a write has few. */
    private static long value(String id, int place) {
        String digits = id.substring(1).replace("-", "") + (id.contains("-") ? "" : "9") + place;
        return Long.parseLong(digits);
    }

    private static Edit<String, Row> edit(RecordStore<String, Row> store, String key, long value) {
        Optional<VersionedRecord<String, Row>> read = store.get(key);
        return read.isPresent()
                ? Edit.update(store.schema(), key)
                        .set(VALUE, value)
                        .expecting(read.get().version())
                : Edit.insert(store.schema(), row(store.schema(), key, value, ""));
    }

    private static Row row(Schema<String, Row> schema, String key, long value, String note) {
        return Row.of(schema, key).with(VALUE, value).with(NOTE, note);
    }

    /** Reads each record that must be there; the failure of the reading itself, if it had one. */
    @Nullable
    Throwable readByKey() {
        return failure(() -> Contents.checkByKey(this, ledger));
    }

    /** Asks for all records that must be there; the failure of the asking itself, if it had one. */
    @Nullable
    Throwable readByQuery() {
        return failure(() -> Contents.checkByQuery(this, ledger));
    }

    private static @Nullable Throwable failure(Runnable reading) {
        try {
            reading.run();
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    @Override
    public void close() {
        keep.close();
    }
}
