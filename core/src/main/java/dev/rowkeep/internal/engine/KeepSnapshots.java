package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Snapshots as one writer makes them. */
final class KeepSnapshots implements Snapshots {
    private final Engine engine;
    private final Writer writer;

    /** Those of {@code writer}, whose request, guard and fence they are not part of. */
    KeepSnapshots(Engine engine, Writer writer) {
        this.engine = engine;
        this.writer = new Writer(writer.author(), writer.reason(), writer.correlationId());
    }

    @Override
    public Snapshot create(String name) {
        engine.entry().checkWrite("create a snapshot");
        requireName(name);
        if (name.startsWith(AUTOMATIC)) {
            throw new IllegalArgumentException("A snapshot's name does not begin with " + AUTOMATIC
                    + ", as those do that a policy makes and drops. Give another name.");
        }
        SnapshotMaking making = engine.snapshots().making();
        SnapshotMaking.Naming naming = head -> {
            making.requireFree(name);
            return Optional.of(name);
        };
        return making.make(new SnapshotMaking.Order(writer, name, naming, List::of))
                .orElseThrow()
                .snapshot();
    }

    @Override
    public List<Snapshot> list() {
        engine.entry().check("list snapshots");
        return engine.snapshots().records().all().stream().map(Kept::snapshot).toList();
    }

    @Override
    public Optional<Snapshot> find(String name) {
        engine.entry().check("find a snapshot");
        requireName(name);
        return engine.snapshots().records().find(name).map(Kept::snapshot);
    }

    @Override
    public boolean drop(String name) {
        engine.entry().checkWrite("drop a snapshot");
        requireName(name);
        return engine.snapshots().making().drop(writer, name);
    }

    @Override
    public Snapshot copy(String name, Path target) {
        engine.entry().check("copy a snapshot");
        requireName(name);
        Path file = target.toAbsolutePath();
        Kept kept = engine.snapshots()
                .records()
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no snapshot " + name + " to copy. Make it with create(name), or see list()."));
        engine.snapshots().source().copy(kept, file);
        return kept.snapshot();
    }

    @Override
    public Optional<String> verify(String name) {
        engine.entry().check("verify a snapshot");
        requireName(name);
        return engine.snapshots()
                .records()
                .find(name)
                .flatMap(engine.snapshots().source()::verify);
    }

    private static void requireName(String name) {
        KeepSession.requireId("A snapshot's name", name, MAX_NAME_LENGTH, "Name what it is of.");
    }
}
