package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Storages that are opened or laid out wrongly, each in one way. */
final class BrokenProviders {
    private BrokenProviders() {}

    /** Begins anew on every open with all that was written but the last commit. */
    static StorageProvider losingTheLastWriteOnReopen() {
        UUID incarnation = UUID.randomUUID();
        List<StoreLayout> layouts = new ArrayList<>();
        List<CommitPlan> plans = new ArrayList<>();
        return access -> {
            Storage storage = MemoryStorage.create().open(Access.READ_WRITE);
            layouts.forEach(storage::install);
            if (!plans.isEmpty()) {
                plans.remove(plans.size() - 1);
            }
            plans.forEach(plan -> storage.commit(new Replay(plan)));
            return new ForwardingStorage(storage) {
                @Override
                public UUID incarnation() {
                    return incarnation;
                }

                @Override
                public void install(StoreLayout layout) {
                    super.install(layout);
                    layouts.add(layout);
                }

                @Override
                public void commit(CommitWork work) {
                    CommitPlan[] decided = new CommitPlan[1];
                    super.commit(new BrokenCommits.AlteredWork(work, (view, plan) -> decided[0] = plan));
                    plans.add(decided[0]);
                }
            };
        };
    }

    /** Commits a plan again. */
    record Replay(CommitPlan plan) implements CommitWork {
        @Override
        public List<RecordRef> reads() {
            return List.of();
        }

        @Override
        public CommitPlan decide(CommitView view) {
            return plan;
        }
    }

    /** Opens a second time, on another content. */
    static StorageProvider openingTwice() {
        StorageProvider first = MemoryStorage.create();
        return access -> {
            try {
                return first.open(access);
            } catch (StorageException e) {
                return MemoryStorage.create().open(access);
            }
        };
    }

    /** Writes through a handle for reading. */
    static StorageProvider writingThroughReadOnly() {
        StorageProvider memory = MemoryStorage.create();
        return access -> memory.open(Access.READ_WRITE);
    }

    /** Keeps the new columns of a layout whose unique index it refuses. */
    static Storage keepingHalfARefusedLayout(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public void install(StoreLayout layout) {
                try {
                    super.install(layout);
                } catch (StorageException e) {
                    super.install(new StoreLayout(
                            layout.id(),
                            layout.name(),
                            layout.key(),
                            layout.columns(),
                            layout.indexes().stream()
                                    .filter(index -> index.uniqueness() == Uniqueness.SHARED
                                            || index.columns().equals(List.of("code")))
                                    .toList()));
                    throw e;
                }
            }
        };
    }
}
