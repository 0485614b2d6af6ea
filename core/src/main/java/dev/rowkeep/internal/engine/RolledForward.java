package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.ViewTooLargeException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A store's records as of a place, made by doing what the log says from its start, or from a place whose records are known. Used once, by one thread. */
final class RolledForward {
    private static final LoggedHeader NOT_READ_YET = new LoggedHeader(0, 0, KeptLog.UNKNOWN, null, null);

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
        return from(0, sequence);
    }

    /** As {@link #upTo}, from the commit {@code from} on, as of which the live records are those that this was made of. */
    NavigableMap<Object, Image> from(long from, long sequence) {
        storage.changes(layout, from, sequence, this::apply);
        LongStream makers = images.values().stream()
                .mapToLong(image -> ChangeId.sequence(image.changeId()))
                .filter(maker -> maker > from);
        Map<Long, LoggedHeader> headers = LogWalk.headers(storage, makers);
        images.replaceAll((key, image) -> {
            LoggedHeader made = headers.get(ChangeId.sequence(image.changeId()));
            return made == null ? image : RolledBack.image(key, image.version(), image.changeId(), image.cells(), made);
        });
        return images;
    }

    private void apply(LoggedChange change) {
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
        images.put(change.key(), RolledBack.image(change.key(), change.version(), change.id(), cells, NOT_READ_YET));
        if (images.size() > mostRecords) {
            throw new ViewTooLargeException(layout.name(), mostRecords);
        }
    }
}
