package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transaction has written so far: by record, what it read and what it made of that. Belongs to one thread. */
final class WriteBuffer {
    private final Map<Integer, Map<Object, Written>> stores = new LinkedHashMap<>();
    private int size;

    /** A record as the transaction found it, null if the key was never used, and as it has made it. */
    record Written(StoreState<?, ?> store, @Nullable Image before, Image newest) {}

    /** What was written of a record, if anything. */
    @Nullable
    Written of(StoreLayout layout, Object key) {
        Map<Object, Written> store = stores.get(layout.id());
        return store == null ? null : store.get(key);
    }

    /** All that was written of a store. */
    Collection<Written> of(StoreLayout layout) {
        return stores.getOrDefault(layout.id(), Map.of()).values();
    }

    /** How many records were written. */
    int size() {
        return size;
    }

    /**
     * Takes note that a record became {@code made} and was {@code before} when the transaction found it; gives the record as it will
     * be, which is as it was if nothing is left to be changed.
     */
    Image put(StoreState<?, ?> store, @Nullable Image before, Image made) {
        Image newest = before != null && isUnchanged(before, made) ? before : made;
        Written earlier = stores.computeIfAbsent(store.layout().id(), id -> new LinkedHashMap<>())
                .put(newest.key(), new Written(store, before, newest));
        size += earlier == null ? 1 : 0;
        return newest;
    }

    private static boolean isUnchanged(Image before, Image made) {
        return before.isLive()
                && made.isLive()
                && Evaluation.difference(before.cells(), made.cells()).isEmpty();
    }

    /** One edit for each record that is not as it was, to be applied on exactly what was read. */
    List<PreparedEdit> edits() {
        List<PreparedEdit> edits = new ArrayList<>(size);
        stores.values()
                .forEach(store -> store.values().forEach(written -> {
                    PreparedEdit edit = edit(written);
                    if (edit != null) {
                        edits.add(edit);
                    }
                }));
        return edits;
    }

    private static @Nullable PreparedEdit edit(Written written) {
        Image before = written.before();
        Image newest = written.newest();
        if (before == null || !before.isLive()) {
            return newest.isLive()
                    ? edit(written, ChangeKind.INSERT, newest.cells(), new PreparedEdit.Stand.Anything(), null)
                    : null;
        }
        PreparedEdit.Stand read = new PreparedEdit.Stand.Version(before.version());
        if (!newest.isLive()) {
            return edit(written, ChangeKind.DELETE, null, read, null);
        }
        BitSet changed = Evaluation.difference(before.cells(), newest.cells());
        if (changed.isEmpty()) {
            return null;
        }
        byte[] delta = DeltaCodec.encode(written.store().layout(), before.cells(), newest.cells(), changed);
        return edit(
                written,
                ChangeKind.UPDATE,
                null,
                read,
                new PreparedEdit.Computed(newest.cells(), changed, delta, false, List.of()));
    }

    private static PreparedEdit edit(
            Written written,
            ChangeKind kind,
            @Nullable Object @Nullable [] cells,
            PreparedEdit.Stand stand,
            PreparedEdit.@Nullable Computed computed) {
        return new PreparedEdit(
                written.store(),
                written.newest().key(),
                kind,
                cells,
                List.of(),
                List.of(),
                stand,
                computed,
                List.of(),
                null);
    }
}
