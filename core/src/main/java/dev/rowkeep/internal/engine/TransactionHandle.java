package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.RecordNotFoundException;
import dev.rowkeep.edit.RejectedException;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.internal.query.ImageSource;
import dev.rowkeep.internal.query.StoreQuery;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Image;
import dev.rowkeep.store.TransactionStore;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store as a transaction's closure holds it. */
final class TransactionHandle<K, T> implements TransactionStore<K, T> {
    private final Engine engine;
    private final OpenTransaction transaction;
    private final StoreState<K, T> store;

    TransactionHandle(Engine engine, OpenTransaction transaction, StoreState<K, T> store) {
        this.engine = engine;
        this.transaction = transaction;
        this.store = store;
    }

    @Override
    public Schema<K, T> schema() {
        return store.schema();
    }

    @Override
    public Optional<VersionedRecord<K, T>> get(K key) {
        transaction.check("get");
        return record(image(store.canonicalKey(key)));
    }

    @Override
    public Map<K, VersionedRecord<K, T>> getAll(Collection<K> keys) {
        transaction.check("getAll");
        Map<K, Object> canonical = new LinkedHashMap<>();
        keys.forEach(key -> canonical.put(key, store.canonicalKey(key)));
        Map<Object, Image> found = new HashMap<>();
        List<Object> distinct = canonical.values().stream().distinct().toList();
        transaction.view().readAll(store.layout(), distinct).forEach(image -> found.put(image.key(), image));
        Map<K, VersionedRecord<K, T>> records = new LinkedHashMap<>();
        canonical.forEach((key, form) -> record(found.get(form)).ifPresent(record -> records.put(key, record)));
        return records;
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
                ImageSource.of(transaction.view()),
                store::record,
                () -> transaction.check("query"));
    }

    @Override
    public VersionedRecord<K, T> insert(T value) {
        transaction.checkWrite("insert");
        return applied(Edit.insert(store.schema(), value)).orThrow();
    }

    @Override
    public VersionedRecord<K, T> update(K key, UnaryOperator<T> change) {
        transaction.checkWrite("update");
        Object canonical = store.canonicalKey(key);
        Image seen = image(canonical);
        ClosureCompute.Computation computation = ClosureCompute.closure(store, seen, change);
        if (computation instanceof ClosureCompute.Computation.Write write) {
            PreparedEdit.Computed computed =
                    java.util.Objects.requireNonNull(write.edit().computed());
            Evaluation.Step.Target target =
                    new Evaluation.Step.Target(computed.cells(), computed.changed(), false, List.of());
            return store.record(transaction.write(write.edit(), seen, target));
        }
        Outcome answer = ((ClosureCompute.Computation.Answer) computation).outcome();
        if (answer instanceof Outcome.Same same) {
            return store.record(same.current());
        }
        if (answer instanceof Outcome.Broken broken) {
            engine.results().rejected(store, broken.verdict());
            throw new RejectedException(store.schema().name(), broken.verdict());
        }
        throw new RecordNotFoundException(store.schema().name(), canonical);
    }

    @Override
    public VersionedRecord<K, T> delete(K key) {
        transaction.checkWrite("delete");
        Object canonical = store.canonicalKey(key);
        Image seen = image(canonical);
        if (seen == null || !seen.isLive()) {
            throw new RecordNotFoundException(store.schema().name(), canonical);
        }
        PreparedEdit edit = new PreparedEdit(
                store,
                canonical,
                ChangeKind.DELETE,
                null,
                List.of(),
                List.of(),
                new PreparedEdit.Stand.Version(seen.version()),
                null,
                List.of(),
                null);
        Image after = transaction.write(edit, seen, new Evaluation.Step.Target(null, new BitSet(), false, List.of()));
        return store.record(after, seen.cells());
    }

    @Override
    public WriteResult<K, T> apply(Edit<K, T> edit) {
        transaction.checkWrite("apply");
        store.requireOwn(edit);
        if (!edit.guard().isZero()) {
            throw new IllegalArgumentException(
                    "An edit with a guard is applied by itself, not in a transaction. Look at"
                            + " Condition.touchedByUserSince inside the transaction; that is checked when it lands.");
        }
        return applied(edit);
    }

    private WriteResult<K, T> applied(Edit<K, T> edit) {
        EditJudge.Judged judged = EditJudge.judge(store, edit);
        if (judged instanceof EditJudge.Judged.Refused refused) {
            return engine.results().rejected(store, refused.verdict());
        }
        PreparedEdit prepared = ((EditJudge.Judged.Ready) judged).edit();
        Image seen = image(prepared.key());
        return engine.results().result(store, edit, prepared.coercions(), outcome(prepared, seen));
    }

    private Outcome outcome(PreparedEdit prepared, @Nullable Image seen) {
        Evaluation.Step step;
        try (CallbackScope scope = CallbackScope.enter("validator")) {
            step = Evaluation.evaluate(prepared, seen);
        }
        if (step instanceof Evaluation.Step.Target target) {
            Image after = transaction.write(prepared, seen, target);
            return new Outcome.Wrote(seen, after, target.merged(), target.decided());
        }
        return Outcome.withoutWriting(step, seen);
    }

    private @Nullable Image image(Object key) {
        return transaction.view().read(store.layout(), key);
    }

    private Optional<VersionedRecord<K, T>> record(@Nullable Image image) {
        return image == null || !image.isLive() ? Optional.empty() : Optional.of(store.record(image));
    }
}
