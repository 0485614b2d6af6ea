package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.util.List;
import java.util.function.UnaryOperator;

/** Storages that drop contents of changes wrongly, each in one way. */
final class BrokenContents {
    private BrokenContents() {}

    private static Storage dropping(Storage storage, UnaryOperator<List<LoggedChange>> alteration) {
        return new ForwardingStorage(storage) {
            @Override
            public void dropContents(List<LoggedChange> dropped) {
                super.dropContents(alteration.apply(dropped));
            }
        };
    }

    /** Says that it did, and did not. */
    static Storage droppingNone(Storage storage) {
        return dropping(storage, dropped -> List.of());
    }

    /** Of each call, the first alone. */
    static Storage droppingOneEach(Storage storage) {
        return dropping(storage, dropped -> dropped.subList(0, Math.min(1, dropped.size())));
    }

    /** Does not say through where, though it has. */
    static Storage forgettingThroughWhere(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public long contentsDroppedThrough(StoreLayout layout) {
                return 0;
            }
        };
    }

    /** Says the same of all stores. */
    static Storage takingStoresForOne(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public long contentsDroppedThrough(StoreLayout layout) {
                return layouts().stream()
                        .mapToLong(super::contentsDroppedThrough)
                        .max()
                        .orElse(0);
            }
        };
    }
}
