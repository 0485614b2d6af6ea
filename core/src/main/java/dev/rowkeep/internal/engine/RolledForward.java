package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.ViewTooLargeException;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store's records as of a place, made by doing what the log says from its start, or from a place whose records are known. Used once, by one thread. */
final class RolledForward {
    private final Storage storage;
    private final StoreLayout layout;
    private final int mostRecords;
    private final NavigableMap<Object, Image> images;

    /** Makes views of at most {@code mostRecords} records. */
    RolledForward(Storage storage, StoreLayout layout, int mostRecords) {
        this(storage, layout, mostRecords, new TreeMap<>(layout.key().type()::compare));
    }

    /** As the other, of {@code images}, in key order, which become the view. */
    RolledForward(Storage storage, StoreLayout layout, int mostRecords, NavigableMap<Object, Image> images) {
        this.storage = storage;
        this.layout = layout;
        this.mostRecords = mostRecords;
        this.images = images;
    }

    /** The live records as of the commit {@code sequence}. */
    NavigableMap<Object, Image> upTo(long sequence) {
        new LogWalk(storage).changes(layout.id(), 0, sequence, this::apply);
        return images;
    }

    /** As {@link #upTo}, from the commit {@code from} on, as of which the live records are those that this was made of. */
    NavigableMap<Object, Image> from(long from, long sequence) {
        new LogWalk(storage).changes(layout.id(), from, sequence, this::apply);
        return images;
    }

    private void apply(LoggedHeader header, LoggedChange change) {
        if (change.kind() == ChangeKind.DELETE) {
            images.remove(change.key());
            return;
        }
        Image before = images.get(change.key());
        @Nullable
        Object[] cells =
                before == null ? new Object[layout.columns().size()] : before.cells(); // ours: nobody else has seen it
        for (CellDelta cell : DeltaCodec.decode(layout, change.delta())) {
            cells[cell.ordinal()] = cell.after();
        }
        images.put(change.key(), RolledBack.image(change.key(), change.version(), change.id(), cells, header));
        if (images.size() > mostRecords) {
            throw new ViewTooLargeException(layout.name(), mostRecords);
        }
    }
}
