package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.ViewTooLargeException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has become of a store's records from one place of the log to a later one, told by the log alone. Used once, by one thread. */
final class NetChanges {
    private final Storage storage;
    private final StoreLayout layout;
    private final int mostRecords;
    private final SortedMap<Object, Fold> folds;

    /**
     * A record that differs at the two places. Versions are 0 where it was not there.
     *
     * @param cells those that differ, by their places; with {@link Erased#ERASED} where the value was erased, which differs from anything
     */
    record Net(Object key, long fromVersion, long toVersion, List<CellDelta> cells) {
        /** From the later place to the earlier one. */
        Net reversed() {
            return new Net(
                    key,
                    toVersion,
                    fromVersion,
                    cells.stream()
                            .map(cell -> new CellDelta(cell.ordinal(), cell.after(), cell.before()))
                            .toList());
        }
    }

    /** Holds at most {@code mostRecords} records. */
    NetChanges(Storage storage, StoreLayout layout, int mostRecords) {
        this.storage = storage;
        this.layout = layout;
        this.mostRecords = mostRecords;
        this.folds = new TreeMap<>(layout.key().type()::compare);
    }

    /** The records that differ, in the order of their keys. */
    List<Net> between(long from, long to) {
        storage.changes(layout, from, to, this::apply);
        List<Net> nets = new ArrayList<>();
        folds.forEach((key, fold) -> {
            Net net = fold.net(key);
            boolean isThere = net.fromVersion > 0 || net.toVersion > 0;
            boolean stays = net.fromVersion > 0 && net.toVersion > 0;
            if (isThere && !(stays && net.cells.isEmpty())) {
                nets.add(net);
            }
        });
        return nets;
    }

    private void apply(LoggedChange change) {
        folds.computeIfAbsent(
                        change.key(), key -> new Fold(change, layout.columns().size()))
                .add(change);
        if (folds.size() > mostRecords) {
            throw new ViewTooLargeException(layout.name(), mostRecords);
        }
    }

    /** A record's changes so far. */
    private final class Fold {
        private final long fromVersion;
        private long toVersion;
        private final @Nullable Object[] before;
        private final @Nullable Object[] after;
        private final BitSet changed = new BitSet();

        Fold(LoggedChange first, int columns) {
            fromVersion = first.kind() == ChangeKind.INSERT ? 0 : first.version() - 1;
            before = new Object[columns];
            after = new Object[columns];
        }

        void add(LoggedChange change) {
            toVersion = change.kind() == ChangeKind.DELETE ? 0 : change.version();
            for (CellDelta cell : DeltaCodec.decode(layout, change.delta())) {
                if (!changed.get(cell.ordinal())) {
                    changed.set(cell.ordinal());
                    before[cell.ordinal()] = cell.isErased() ? Erased.ERASED : cell.before();
                }
                after[cell.ordinal()] = cell.isErased() ? Erased.ERASED : cell.after();
            }
        }

        Net net(Object key) {
            List<CellDelta> cells = changed.stream()
                    .filter(i -> before[i] == Erased.ERASED || !Objects.equals(before[i], after[i]))
                    .mapToObj(i -> new CellDelta(i, before[i], after[i]))
                    .toList();
            return new Net(key, fromVersion, toVersion, cells);
        }
    }
}
