package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.internal.query.ImageSource;
import dev.rowkeep.internal.query.StoreQuery;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Image;
import dev.rowkeep.store.ReadView;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import dev.rowkeep.store.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store as an application holds it, writing as one session. */
final class StoreHandle<K, T> implements RecordStore<K, T> {
    private final Engine engine;
    private final StoreState<K, T> store;
    private final Writer writer;

    StoreHandle(Engine engine, StoreState<K, T> store, Writer writer) {
        this.engine = engine;
        this.store = store;
        this.writer = writer;
    }

    @Override
    public Schema<K, T> schema() {
        return store.schema();
    }

    @Override
    public RecordStore<K, T> as(Session session) {
        return new StoreHandle<>(engine, store, engine.writer(session));
    }

    @Override
    public Optional<VersionedRecord<K, T>> get(K key) {
        engine.entry().check("get");
        return engine.reads().get(store, key);
    }

    @Override
    public Map<K, VersionedRecord<K, T>> getAll(Collection<K> keys) {
        engine.entry().check("getAll");
        return engine.reads().getAll(store, keys);
    }

    @Override
    public boolean exists(K key) {
        return get(key).isPresent();
    }

    @Override
    public RecordQuery<K, T> query() {
        return new StoreQuery<>(
                store.schema(),
                store.layout(),
                ImageSource.of(engine.storage()),
                store::record,
                () -> engine.entry().check("query"));
    }

    @Override
    public VersionedRecord<K, T> insert(T value) {
        engine.entry().checkWrite("insert");
        return engine.writes()
                .apply(store, writer, Edit.insert(store.schema(), value))
                .orThrow();
    }

    @Override
    public VersionedRecord<K, T> update(K key, UnaryOperator<T> change) {
        engine.entry().checkWrite("update");
        return engine.writes().update(store, store.canonicalKey(key), writer, change);
    }

    @Override
    public VersionedRecord<K, T> delete(K key) {
        engine.entry().checkWrite("delete");
        return engine.writes().delete(store, store.canonicalKey(key), writer);
    }

    @Override
    public WriteResult<K, T> apply(Edit<K, T> edit) {
        engine.entry().checkWrite("apply");
        return engine.writes().apply(requireOwn(edit), writer, edit);
    }

    @Override
    public CompletableFuture<WriteResult<K, T>> applyAsync(Edit<K, T> edit) {
        engine.entry().checkWrite("applyAsync");
        return engine.writes().applyAsync(requireOwn(edit), writer, edit);
    }

    @Override
    public Preview<K, T> preview(Edit<K, T> edit) {
        engine.entry().check("preview");
        return engine.previews().preview(requireOwn(edit), edit);
    }

    @Override
    public List<RecordVersion> history(K key, int most) {
        engine.entry().check("history");
        return engine.histories().newest(store, store.canonicalKey(key), most);
    }

    @Override
    public Map<String, RecordVersion> blame(K key) {
        engine.entry().check("blame");
        return engine.histories().blame(store, store.canonicalKey(key));
    }

    @Override
    public List<CellChange> diff(K key, long fromVersion, long toVersion) {
        engine.entry().check("diff");
        return engine.histories().diff(store, store.canonicalKey(key), fromVersion, toVersion);
    }

    @Override
    public Optional<VersionedRecord<K, T>> asOf(K key, long version) {
        engine.entry().check("asOf");
        Histories histories = engine.histories();
        return histories.record(store, histories.at(store, store.canonicalKey(key), version));
    }

    @Override
    public ReadView<K, T> asOf(Position position) {
        engine.entry().check("asOf");
        return engine.pastViews().at(store, position);
    }

    @Override
    public ReadView<K, T> asOf(Instant time) {
        engine.entry().check("asOf");
        return engine.pastViews().at(store, time);
    }

    @Override
    public Optional<VersionedRecord<K, T>> asOf(K key, Position position) {
        engine.entry().check("asOf");
        engine.pastViews().requireHeld(position);
        return engine.histories().asOf(store, store.canonicalKey(key), position.sequence());
    }

    @Override
    public Optional<VersionedRecord<K, T>> asOf(K key, Instant time) {
        engine.entry().check("asOf");
        long sequence = engine.pastViews().heldAt(time);
        return engine.histories().asOf(store, store.canonicalKey(key), sequence);
    }

    @Override
    public List<RecordDiff<K>> diff(Position from, Position to) {
        engine.entry().check("diff");
        return new Restoring(engine).diff(store, from, to);
    }

    @Override
    public CommitResult restore(Position position) {
        engine.entry().checkWrite("restore");
        UndoStack.requireNoRequest(writer, "restore");
        return new Restoring(engine).restore(store, writer, position);
    }

    @Override
    public WriteResult<K, T> revert(K key, long toVersion) {
        engine.entry().checkWrite("revert");
        Object canonical = store.canonicalKey(key);
        @Nullable VersionedRecord<K, T> current = engine.reads().get(store, key).orElse(null);
        Histories.Content was = engine.histories().at(store, canonical, toVersion);
        @Nullable Object[] cells = was.cells();
        if (cells == null) {
            throw new IllegalArgumentException("Version " + toVersion + " of "
                    + store.schema().name() + "/" + key + " is a delete. To go back to it, delete the record.");
        }
        Image present = engine.reads().read(store, canonical);
        if (present != null && present.isLive()) {
            was.erased().stream().forEach(place -> cells[place] = present.cells()[place]);
        }
        Writer reverting = writer.reason() == null ? writer.because("revert to version " + toVersion) : writer;
        T content = store.schema().mapping().value(canonical, cells);
        Edit<K, T> edit = current == null
                ? Edit.insert(store.schema(), content)
                : Edit.update(store.schema(), current, content).expecting(current.version());
        Request request = Request.ofRevert(writer, store, canonical, toVersion);
        return engine.writes().apply(store, reverting, edit, prepared -> request);
    }

    private StoreState<K, T> requireOwn(Edit<K, T> edit) {
        store.requireOwn(edit);
        return store;
    }

    Engine engine() {
        return engine;
    }

    StoreState<K, T> store() {
        return store;
    }
}
