package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A draft of one session. Its lock is held while it reads, judges and saves, so that what is saved is what is taken out. */
final class KeepDraft implements Draft {
    private final Engine engine;
    private final Writer writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Address, Edit<?, ?>> staged = new LinkedHashMap<>();

    private record Address(int storeId, @Nullable Object key) {}

    KeepDraft(Engine engine, Writer writer) {
        this.engine = engine;
        this.writer = writer;
    }

    @Override
    public <K, T> Preview<K, T> stage(Edit<K, T> edit) {
        engine.entry().checkWrite("stage");
        StoreState<K, T> store = engine.state(edit.schema());
        return locked(() -> {
            Address address = address(store, edit.rawKey());
            @SuppressWarnings("unchecked")
            Edit<K, T> earlier = (Edit<K, T>) staged.get(address);
            Edit<K, T> whole = earlier == null ? edit : earlier.followedBy(edit);
            Preview<K, T> preview = engine.previews().preview(store, whole);
            boolean isSound = preview.verdict().violations().stream()
                    .allMatch(violation -> violation.rule().equals("unique"));
            if (isSound) {
                staged.put(address, whole);
            }
            return preview;
        });
    }

    @Override
    public <K> void unstage(Schema<K, ?> schema, K key) {
        engine.entry().check("unstage");
        StoreState<?, ?> store = engine.state(schema);
        locked(() -> staged.remove(address(store, key)));
    }

    /** By canonical key, if the key can have one: the same record may be named in several ways. */
    private static Address address(StoreState<?, ?> store, @Nullable Object key) {
        return new Address(store.layout().id(), EditJudge.canonicalKey(store, key));
    }

    @Override
    public List<Edit<?, ?>> edits() {
        engine.entry().check("edits");
        return locked(() -> List.copyOf(staged.values()));
    }

    @Override
    public List<StagedEdit<?, ?>> preview() {
        engine.entry().check("preview");
        return locked(() -> {
            List<StagedEdit<?, ?>> previews = new ArrayList<>(staged.size());
            staged.values().forEach(edit -> previews.add(preview(edit)));
            return List.copyOf(previews);
        });
    }

    private <K, T> StagedEdit<K, T> preview(Edit<K, T> edit) {
        return new StagedEdit<>(edit, engine.previews().preview(engine.state(edit.schema()), edit));
    }

    @Override
    public CommitResult save() {
        engine.entry().checkWrite("save");
        return locked(() -> {
            if (staged.isEmpty()) {
                throw new IllegalStateException("There is nothing to save. Stage edits first.");
            }
            CommitResult result = engine.groupWrites().commit(writer, List.copyOf(staged.values()));
            if (result instanceof CommitResult.Committed) {
                staged.clear();
            }
            return result;
        });
    }

    @Override
    public void discard() {
        engine.entry().check("discard");
        locked(() -> {
            staged.clear();
            return staged;
        });
    }

    private <R extends @Nullable Object> R locked(Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
