package dev.rowkeep.internal.engine;

import dev.rowkeep.schema.Schema;
import java.util.List;

/** The stores in which the library keeps what is its own, as records like any others. */
final class OwnStores {
    private static final List<Schema<?, ?>> ALL = List.of(
            KeepLeases.SCHEMA,
            UndoStack.SCHEMA,
            Epochs.SCHEMA,
            SnapshotRecords.SCHEMA,
            KeepRetention.SCHEMA,
            Erasures.SCHEMA);

    private OwnStores() {}

    static boolean contain(String name) {
        return ALL.stream().anyMatch(own -> own.name().equals(name));
    }

    /**
     * Checks that an application does not ask for one of these.
     *
     * @throws IllegalArgumentException if it does
     */
    static void requireOther(Schema<?, ?> schema) {
        if (contain(schema.name()) && !ALL.contains(schema)) {
            throw new IllegalArgumentException("The store " + schema.name()
                    + " is the library's own. Ask session.leases(), session.toUndo(), keep.snapshots() or SQL for what is in"
                    + " it.");
        }
    }
}
