package dev.rowkeep.internal.engine;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which takeover of the log its commits belong to. The first epoch begins with the log; each later one with a commit that inserts its number
 * into a store of the library's own, so that the log itself, and every replica of it, tells where an epoch began. Safe for use by several
 * threads.
 */
final class Epochs {
    private static final Column<Long> NUMBER = Column.integer("epoch");
    private static final Column<Long> AFTER = Column.integer("began_after").required();

    /** The library's own store: a record for each epoch but the first. */
    static final Schema<Long, Row> SCHEMA = Schema.dynamic("rowkeep_epochs", NUMBER, AFTER);

    private static final long FIRST = 1;

    /** By the sequence of the commit that began it. */
    private volatile NavigableMap<Long, Long> starts = new TreeMap<>();

    /** The record that begins {@code epoch} after the commit {@code last}. */
    static Row start(long epoch, long last) {
        return Row.of(SCHEMA, epoch).with(AFTER, last);
    }

    /** Reads what the storage holds of epochs. */
    void refresh(Storage storage, Optional<StoreLayout> layout) {
        NavigableMap<Long, Long> found = new TreeMap<>();
        layout.ifPresent(own -> {
            QuerySpec all = new QuerySpec(
                    Condition.everything(),
                    List.of(Order.ascending(NUMBER)),
                    Optional.empty(),
                    Integer.MAX_VALUE,
                    new BitSet());
            try (ImageScan scan = storage.scan(own, all)) {
                for (Image image = scan.next(); image != null; image = scan.next()) {
                    found.put(ChangeId.sequence(image.changeId()), (Long) image.key());
                }
            }
        });
        starts = found;
    }

    /** The epoch of the commit {@code sequence}, which need not be there yet. */
    long at(long sequence) {
        Map.Entry<Long, Long> start = starts.floorEntry(sequence);
        return start == null ? FIRST : start.getValue();
    }

    /** The newest epoch. */
    long newest() {
        Map.Entry<Long, Long> last = starts.lastEntry();
        return last == null ? FIRST : last.getValue();
    }
}
