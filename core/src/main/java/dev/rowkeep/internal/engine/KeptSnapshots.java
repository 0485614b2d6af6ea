package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.snapshot.SnapshotFolder;
import dev.rowkeep.store.KeepOptions;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A handle's snapshots: their records, who reads their files, who makes them, and who does so unasked. */
record KeptSnapshots(
        SnapshotRecords records, SnapshotSource source, SnapshotMaking making, AutomaticSnapshots automatic) {
    static KeptSnapshots of(Engine engine, KeepOptions options, Executor maker, Observer observer) {
        @Nullable
        SnapshotFolder folder =
                engine.storage().attachments().map(SnapshotFolder::new).orElse(null);
        SnapshotRecords records = new SnapshotRecords(engine);
        return new KeptSnapshots(
                records,
                new SnapshotSource(engine, records, folder, observer),
                new SnapshotMaking(engine, records, folder, observer),
                new AutomaticSnapshots(engine, options, maker, observer));
    }
}
