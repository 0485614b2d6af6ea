package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.ViewTooLargeException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A store's records as of a place, made by taking back what the log says happened since. Used once, by one thread.
 *
 * <p>The rows are read first, as of some moment, and the log afterwards, up to an end that is no older than that moment. A cell was, at
 * the place, what the first change after the place found in it; where no change has touched it, it is still in the row, whatever
 * moment exactly the row is of. So commits that land meanwhile do no harm.
 */
final class RolledBack {
    private final Storage storage;
    private final StoreLayout layout;
    private final int mostRecords;
    private final NavigableMap<Object, Image> images;
    private final Map<Object, Undone> undone = new HashMap<>();

    /** Makes views of at most {@code mostRecords} records, and looks at no more of them on the way. */
    RolledBack(Storage storage, StoreLayout layout, int mostRecords) {
        this(storage, layout, mostRecords, new TreeMap<>(layout.key().type()::compare));
    }

    /** As the other, of {@code images}, in key order, which become the view. */
    RolledBack(Storage storage, StoreLayout layout, int mostRecords, NavigableMap<Object, Image> images) {
        this.storage = storage;
        this.layout = layout;
        this.mostRecords = mostRecords;
        this.images = images;
    }

    /** What a changed record was at the place, as far as the changes since then tell. */
    private final class Undone {
        private final boolean wasThere;
        private final long version;
        private final long changeId;
        private final @Nullable Object[] cells;
        private int untold;

        /** That of the record whose first change after the place is {@code first}. */
        Undone(LoggedChange first) {
            this.wasThere = first.kind() != ChangeKind.INSERT;
            this.version = first.version() - 1;
            this.changeId = first.previousId();
            this.cells = FoldedRecord.untold(layout.columns().size());
            this.untold = cells.length;
        }

        /** Takes in the next change: what it found in a cell that none before it touched was there at the place. */
        void takeIn(LoggedChange change) {
            if (untold == 0 || !wasThere) {
                return;
            }
            untold -= DeltaCodec.tellBefore(layout, change.delta(), cells, FoldedRecord.UNTOLD);
            if (change.kind() == ChangeKind.DELETE) {
                for (int i = 0; i < cells.length; i++) { // A delete has every cell that there was.
                    cells[i] = cells[i] == FoldedRecord.UNTOLD ? null : cells[i];
                }
                untold = 0;
            }
        }

        /** The record at the place; what no change has touched is still in its row. */
        Image image(Object key, @Nullable Image row, Map<Long, LoggedHeader> headers) {
            if (row == null && untold > 0) {
                throw disagreement(key);
            }
            for (int i = 0; untold > 0 && i < cells.length; i++) {
                if (cells[i] == FoldedRecord.UNTOLD) {
                    cells[i] = Objects.requireNonNull(row).cells()[i];
                }
            }
            LoggedHeader header = Objects.requireNonNull(headers.get(ChangeId.sequence(changeId)));
            return RolledBack.image(key, version, changeId, cells, header);
        }
    }

    /** The live records as of the commit {@code sequence}. */
    NavigableMap<Object, Image> to(long sequence) {
        readRows();
        storage.changes(layout, sequence, Long.MAX_VALUE, this::takeBack);
        return madeAsOf(sequence);
    }

    /** As {@link #to}, from the commit {@code from} back, as of which the live records are those that this was made of. */
    NavigableMap<Object, Image> from(long from, long sequence) {
        storage.changes(layout, sequence, from, this::takeBack);
        return madeAsOf(sequence);
    }

    private NavigableMap<Object, Image> madeAsOf(long sequence) {
        LongStream makers = undone.values().stream()
                .filter(record -> record.wasThere)
                .mapToLong(record -> ChangeId.sequence(record.changeId));
        Map<Long, LoggedHeader> headers = LogWalk.headers(storage, makers);
        Iterator<Map.Entry<Object, Image>> rows = images.entrySet().iterator();
        while (rows.hasNext()) {
            Map.Entry<Object, Image> row = rows.next();
            Undone record = undone.remove(row.getKey());
            if (record == null) {
                requireNotNewer(row.getValue(), sequence);
            } else if (record.wasThere) {
                row.setValue(record.image(row.getKey(), row.getValue(), headers));
            } else {
                rows.remove();
            }
        }
        undone.forEach((key, gone) -> {
            if (gone.wasThere) {
                images.put(key, gone.image(key, null, headers));
            }
        });
        requireRoom(images.size());
        return images;
    }

    private void readRows() {
        QuerySpec everything = everything(layout, mostRecords + 1);
        try (ImageScan scan = storage.scan(layout, everything)) {
            for (Image image = scan.next(); image != null; image = scan.next()) {
                images.put(image.key(), image);
            }
        }
        requireRoom(images.size());
    }

    /** All of a store's records by key, with all cells; at most so many. */
    static QuerySpec everything(StoreLayout layout, int most) {
        BitSet all = new BitSet();
        all.set(0, layout.columns().size());
        Order byKey =
                Order.ascending(Column.of(layout.key().name(), layout.key().type()));
        return new QuerySpec(Condition.everything(), List.of(byKey), Optional.empty(), most, all);
    }

    private void takeBack(LoggedChange change) {
        Undone record = undone.get(change.key());
        if (record == null) {
            record = new Undone(change);
            undone.put(change.key(), record);
            requireRoom(undone.size());
        }
        record.takeIn(change);
    }

    private void requireNotNewer(Image image, long sequence) {
        if (ChangeId.sequence(image.changeId()) > sequence) {
            throw disagreement(image.key());
        }
    }

    private void requireRoom(int records) {
        if (records > mostRecords) {
            throw new ViewTooLargeException(layout.name(), mostRecords);
        }
    }

    private StorageException disagreement(Object key) {
        return new StorageException(
                StorageException.Kind.PERMANENT,
                "The row of " + layout.name() + "/" + key
                        + " does not agree with the log. Run log().verify() and restore a backup.",
                null);
    }

    /** A live image as a view needs it, which does not show who touched a record last as a user. */
    static Image image(Object key, long version, long changeId, @Nullable Object[] cells, LoggedHeader made) {
        return new Image(key, version, changeId, Image.Liveness.LIVE, cells, made.author(), made.timeMicros(), null, 0);
    }
}
