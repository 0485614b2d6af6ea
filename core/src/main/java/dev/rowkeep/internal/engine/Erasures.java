package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.erasure.ErasureResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.internal.codec.Keys;
import dev.rowkeep.internal.codec.PersonalCells;
import dev.rowkeep.internal.query.ResultRange;
import dev.rowkeep.internal.retry.Attempt;
import dev.rowkeep.internal.retry.RetryLoop;
import dev.rowkeep.log.UnconfirmedException;
import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases personal values: first from the rows, by a commit that says so, then from everything that tells of the past. Between the two a crash
 * may come, so what was said and is not done is done when the storage is opened for writing. A replica does the second part for each such commit
 * that it takes in.
 */
final class Erasures {
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowkeep");

    private static final Column<UUID> ERASURE = Column.uuid("erasure");
    private static final Column<String> STORE = Column.text("store").required();
    private static final Column<Bytes> KEYS = Column.bytes("keys").required();
    private static final Column<Boolean> DONE = Column.bool("done").required();

    /** The library's own store: what was erased, of one store each. Who wanted it and when is who inserted the record. */
    static final Schema<UUID, Row> SCHEMA =
            Schema.dynamic("rowkeep_erasures", ERASURE, STORE, KEYS, DONE).index(DONE);

    private static final int MAX_TRIES = 3;

    /** How many changes of a store are looked at for whether what was read of it is as it was. */
    private static final int MOST_CHANGES = 10_000;

    private final Engine engine;
    private final RetryLoop retry;
    private final Observer observer;

    /** Erasures that the history tells nothing of any more, though files may. */
    private final Set<UUID> untold = ConcurrentHashMap.newKeySet();

    Erasures(Engine engine, RetryLoop retry, Observer observer) {
        this.engine = engine;
        this.retry = retry;
        this.observer = observer;
    }

    ErasureResult erase(Writer writer, Subject subject) {
        Writer erasing = new Writer(
                writer.author(), writer.reason() == null ? "erasure" : writer.reason(), writer.correlationId());
        requireAble();
        ErasureResult result;
        try {
            result = retry.run(
                    () -> "an erasure",
                    () -> attempt(erasing, subject),
                    (attempt, waitMillis) -> observer.retried(SCHEMA.name(), attempt, Duration.ofMillis(waitMillis)));
        } catch (UnconfirmedException e) {
            finish(); // It is durable here, and nobody will do it again.
            throw e;
        }
        finish();
        return result;
    }

    /** Before anything is said that could not be done. */
    private void requireAble() {
        engine.exclusively(() -> {
            engine.storage().erase(List.of());
            return true;
        });
    }

    /**
     * Lost if one of the records was changed after it was looked at, there or not: the history is erased up to the commit, so nothing of it may be in
     * a row afterwards that the commit has not emptied.
     */
    private Attempt<ErasureResult> attempt(Writer writer, Subject subject) {
        ReadSet reads = new ReadSet(engine.storage().head().sequence(), MOST_CHANGES);
        Map<StoreState<?, ?>, Set<Object>> keys = keys(subject);
        keys.forEach((store, ofStore) -> ofStore.forEach(key -> reads.add(store.layout(), key)));
        int records = keys.values().stream().mapToInt(Set::size).sum();
        if (records == 0) {
            return new Attempt.Won<>(new ErasureResult(engine.position(reads.sequence()), 0));
        }
        List<Edit<?, ?>> edits = new ArrayList<>();
        keys.forEach((store, ofStore) -> {
            if (!ofStore.isEmpty()) {
                edits.add(said(store, ofStore));
                ofStore.forEach(key -> emptied(edits, store, key));
            }
        });
        Optional<CommitResult> result = engine.groupWrites().commit(writer, edits, reads);
        if (result.isPresent() && result.get() instanceof CommitResult.Committed committed) {
            return new Attempt.Won<>(new ErasureResult(committed.position(), records));
        }
        if (result.isPresent() && !isOvertaken(result.get())) {
            result.get().orThrow();
        }
        return new Attempt.Lost<>(null);
    }

    private static Edit<UUID, Row> said(StoreState<?, ?> store, Set<Object> keys) {
        return Edit.insert(
                SCHEMA,
                Row.of(SCHEMA, UUID.randomUUID())
                        .with(STORE, store.schema().name())
                        .with(KEYS, Bytes.of(Keys.encode(keys)))
                        .with(DONE, false));
    }

    private static boolean isOvertaken(CommitResult result) {
        return result instanceof CommitResult.Refused refused
                && refused.problems().stream().allMatch(problem -> problem instanceof WriteResult.Conflicted<?, ?>);
    }

    /**
     * Commits edits that {@code making} makes of what the history tells; empty, with nothing done, if something was erased from it meanwhile: it may
     * have been in the edits.
     */
    Optional<CommitResult> commitOfHistory(Writer writer, Supplier<List<Edit<?, ?>>> making) {
        ReadSet reads = new ReadSet(engine.storage().head().sequence(), MOST_CHANGES);
        boolean canErase = engine.stores().layouts().stream()
                .flatMap(layout -> layout.columns().stream())
                .anyMatch(StoreLayout.LayoutColumn::isPersonal);
        if (canErase) {
            StoreLayout own = engine.state(SCHEMA).layout();
            reads.add(own, ResultRange.of(own, Condition.everything()));
            finishTold();
        }
        List<Edit<?, ?>> edits = making.get();
        return edits.isEmpty()
                ? Optional.of(new CommitResult.Committed(engine.position(reads.sequence()), List.of()))
                : engine.groupWrites().commit(writer, edits, reads);
    }

    /** The records' keys in canonical form, by store. */
    private Map<StoreState<?, ?>, Set<Object>> keys(Subject subject) {
        Map<StoreState<?, ?>, Set<Object>> keys = new LinkedHashMap<>();
        int records = 0;
        for (Subject.Part part : subject.parts()) {
            StoreState<?, ?> store = engine.state(part.schema());
            requirePersonal(store);
            Set<Object> ofStore = keys.computeIfAbsent(store, any -> new LinkedHashSet<>());
            int before = ofStore.size();
            ofStore.addAll(keys(store, part));
            records += ofStore.size() - before;
            if (records > Session.MOST_ERASED) {
                throw new IllegalArgumentException("One erasure takes " + Session.MOST_ERASED
                        + " records at most, and this one is of more. Erase them in parts.");
            }
        }
        return keys;
    }

    private <K, T> List<Object> keys(StoreState<K, T> store, Subject.Part part) {
        if (part.key().isPresent()) {
            Object key = canonical(store, part.key().get());
            if (engine.reads().read(store, key) == null) {
                throw new IllegalArgumentException("There never was a record "
                        + store.schema().name() + "/" + part.key().get() + ". Nothing was erased.");
            }
            return List.of(key);
        }
        return new StoreHandle<>(engine, store, SnapshotRecords.READER)
                .query().where(part.condition()).limit(Session.MOST_ERASED + 1).list().stream()
                        .map(VersionedRecord::key)
                        .map(store::canonicalKey)
                        .toList();
    }

    /** A part is made with a key of its schema's type. */
    @SuppressWarnings("unchecked")
    private static <K> Object canonical(StoreState<K, ?> store, Object key) {
        return store.canonicalKey((K) key);
    }

    private static void requirePersonal(StoreState<?, ?> store) {
        if (store.layout().columns().stream().noneMatch(StoreLayout.LayoutColumn::isPersonal)) {
            throw new IllegalArgumentException("Store " + store.schema().name()
                    + " has no personal column, so nothing of it can be erased. Columns are made so by personal(), or"
                    + " @Personal, before they hold values.");
        }
    }

    /** Adds the edit that takes the personal values out of a record, if it has some. */
    private <K, T> void emptied(List<Edit<?, ?>> edits, StoreState<K, T> store, Object key) {
        Image image = engine.reads().read(store, key);
        if (image == null || !image.isLive()) {
            return;
        }
        Edit<K, T> edit = Edit.update(
                        store.schema(), store.schema().key().type().fromCanonical(key))
                .expecting(image.version());
        boolean isNeeded = false;
        for (int i = 0; i < image.cells().length; i++) {
            StoreLayout.LayoutColumn column = store.layout().columns().get(i);
            if (column.isPersonal() && image.cells()[i] != null) {
                edit = edit.setRaw(column.name(), null);
                isNeeded = true;
            }
        }
        if (isNeeded) {
            edits.add(edit);
        }
    }

    /** Does what was said and is not done. */
    void finish() {
        List<VersionedRecord<UUID, Row>> open = open();
        if (!open.isEmpty()) {
            List<ErasedRecords> records = open.stream().map(this::records).toList();
            eraseHistory(open, records);
            engine.snapshots().making().erase(records);
            open.forEach(this::note);
        }
    }

    /** As far as the history goes: where readers keep bytes in files that nobody is told of any more, those are for another time. */
    private void finishTold() {
        if (!open().stream().map(VersionedRecord::key).allMatch(untold::contains)) {
            try {
                finish();
            } catch (StorageException e) {
                if (e.kind() != StorageException.Kind.BUSY) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #finish} of a replica, whose primary says what is done. */
    void follow() {
        List<VersionedRecord<UUID, Row>> open = open();
        if (!open.isEmpty()) {
            List<ErasedRecords> records = open.stream().map(this::records).toList();
            eraseHistory(open, records);
            engine.snapshots().making().discardHolding(records);
        }
    }

    private List<VersionedRecord<UUID, Row>> open() {
        return engine.stores()
                .ifThere(SCHEMA)
                .map(store -> new StoreHandle<>(engine, store, SnapshotRecords.READER)
                        .query()
                        .where(Condition.eq(DONE, false))
                        .list())
                .orElse(List.of());
    }

    private void eraseHistory(List<VersionedRecord<UUID, Row>> open, List<ErasedRecords> records) {
        for (int attempt = 1; ; attempt++) {
            engine.entry().requireOpen();
            try {
                engine.exclusively(() -> {
                    engine.storage().erase(records);
                    return true;
                });
                return;
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.BUSY) {
                    open.forEach(erasure -> untold.add(erasure.key()));
                }
                if (e.kind() == StorageException.Kind.PERMANENT || attempt == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    private ErasedRecords records(VersionedRecord<UUID, Row> erasure) {
        String store = erasure.value().require(STORE);
        StoreLayout layout = engine.stores().layouts().stream()
                .filter(known -> known.name().equals(store))
                .findFirst()
                .orElseThrow();
        Set<Object> keys = Set.copyOf(Keys.decode(erasure.value().require(KEYS).toArray()));
        return new ErasedRecords(layout, keys, erasure.position().sequence(), PersonalCells::sealed);
    }

    /** Where another process was first, it has said so. */
    private void note(VersionedRecord<UUID, Row> erasure) {
        Writer noting = new Writer(erasure.author(), "erasure done", null);
        try {
            engine.groupWrites()
                    .commit(
                            noting,
                            List.of(Edit.update(SCHEMA, erasure.key())
                                    .set(DONE, true)
                                    .expecting(erasure.version())));
        } catch (UnconfirmedException e) {
            LOG.debug("No replica has confirmed yet that an erasure is done", e);
        }
    }
}
