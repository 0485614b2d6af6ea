package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Storages that erase wrongly, each in one way. */
final class BrokenErasures {
    private BrokenErasures() {}

    private static Storage erasing(Storage storage, Function<List<ErasedRecords>, List<ErasedRecords>> alteration) {
        return new ForwardingStorage(storage) {
            @Override
            public void erase(List<ErasedRecords> records) {
                super.erase(alteration.apply(records));
            }
        };
    }

    private static List<ErasedRecords> each(
            List<ErasedRecords> records, Function<ErasedRecords, ErasedRecords> alteration) {
        return records.stream().map(alteration).toList();
    }

    /** Says that it did, and did not. */
    static Storage erasingNothing(Storage storage) {
        return erasing(storage, records -> List.of());
    }

    /** Erases deltas only. */
    static Storage keepingImages(Storage storage) {
        return erasing(
                storage,
                records -> each(
                        records,
                        erased -> new ErasedRecords(
                                erased.layout(),
                                erased.keys(),
                                erased.through(),
                                change -> withImage(erased, change))));
    }

    private static LoggedChange withImage(ErasedRecords erased, LoggedChange change) {
        return new LoggedChange(
                change.storeId(),
                change.key(),
                change.version(),
                change.kind(),
                change.id(),
                change.previousId(),
                erased.sealing().apply(change).delta(),
                change.image());
    }

    /** Erases what later commits have written, too. */
    static Storage ignoringTheLimit(Storage storage) {
        return erasing(
                storage,
                records -> each(
                        records,
                        erased -> new ErasedRecords(
                                erased.layout(), erased.keys(), Long.MAX_VALUE >> 20, erased.sealing())));
    }

    /** Erases by key, in whatever store. */
    static Storage takingKeysForRecords(Storage storage) {
        return erasing(storage, records -> {
            List<ErasedRecords> all = new ArrayList<>();
            for (ErasedRecords erased : records) {
                storage.layouts().stream()
                        .filter(layout ->
                                layout.key().type().equals(erased.layout().key().type()))
                        .forEach(layout ->
                                all.add(new ErasedRecords(layout, erased.keys(), erased.through(), erased.sealing())));
            }
            return all;
        });
    }

    /** Erases the first store of several. */
    static Storage erasingOneStore(Storage storage) {
        return erasing(storage, records -> records.stream().limit(1).toList());
    }

    /** Shows past versions from a copy that it made before it erased. */
    static Storage keepingOldVersions(Storage storage) {
        Map<Object, List<LoggedVersion>> kept = new ConcurrentHashMap<>();
        return new ForwardingStorage(storage) {
            @Override
            public void erase(List<ErasedRecords> records) {
                for (ErasedRecords erased : records) {
                    erased.keys()
                            .forEach(key -> kept.put(
                                    List.of(erased.layout().id(), key),
                                    super.versions(erased.layout(), key, Long.MAX_VALUE, 1)));
                }
                super.erase(records);
            }

            @Override
            public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
                List<LoggedVersion> old = kept.get(List.of(layout.id(), key));
                return old == null ? super.versions(layout, key, newest, oldest) : old;
            }
        };
    }

    /** Takes personal columns for ordinary ones when it is opened again. */
    static Storage forgettingWhatIsPersonal(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public List<StoreLayout> layouts() {
                return super.layouts().stream().map(BrokenErasures::ordinary).toList();
            }
        };
    }

    private static StoreLayout ordinary(StoreLayout layout) {
        List<LayoutColumn> columns = layout.columns().stream()
                .map(column -> new LayoutColumn(column.id(), column.name(), column.type()))
                .toList();
        return new StoreLayout(layout.id(), layout.name(), layout.key(), columns, layout.indexes());
    }

    /** Erases from the oldest commit on, and lets others read in between for as long as it takes one to look, or a millisecond. */
    static final class PieceByPiece extends ForwardingStorage {
        private static final long LONGEST_NANOS = 1_000_000;

        private volatile long reads;

        PieceByPiece(Storage storage) {
            super(storage);
        }

        @Override
        public void erase(List<ErasedRecords> records) {
            for (ErasedRecords erased : records) {
                for (long through = erased.through() - 8; through <= erased.through(); through++) {
                    super.erase(List.of(
                            new ErasedRecords(erased.layout(), Set.copyOf(erased.keys()), through, erased.sealing())));
                    long before = reads;
                    long start = System.nanoTime();
                    while (reads == before && System.nanoTime() - start < LONGEST_NANOS) {
                        Thread.onSpinWait();
                    }
                }
            }
        }

        @Override
        public List<LoggedCommit> commitsAfter(long sequence, int most) {
            List<LoggedCommit> commits = super.commitsAfter(sequence, most);
            reads = reads + 1;
            return commits;
        }
    }
}
