package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.file.WholeFile;
import dev.rowkeep.internal.snapshot.SnapshotWriter;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** All stores as of one commit, to be written into a file. Owned by one thread. */
final class FullState implements AutoCloseable {
    /** How often a state is looked for in which nobody is just installing layouts. */
    private static final int MAX_LOOKS = 20;

    private final LongFunction<Position> positions;
    private final StorageSnapshot images;
    private final List<StoreLayout> layouts;
    private final IntPredicate isOwn;
    private final Runnable onBlock;

    /**
     * What was written.
     *
     * @param records how many records the application's stores had
     * @param file the file; null if none was written
     */
    record Written(Head head, long records, SnapshotRecords.@Nullable File file) {}

    private FullState(Engine engine, StorageSnapshot images, List<StoreLayout> layouts) {
        this.positions = engine::position;
        this.images = images;
        this.layouts = layouts;
        this.isOwn = engine::isOwn;
        this.onBlock = engine.entry()::requireOpen;
    }

    /** The state as of now, whose layouts are known: those before it and after it are the same. */
    static FullState of(Engine engine) {
        for (int look = 1; look <= MAX_LOOKS; look++) {
            List<StoreLayout> layouts = engine.stores().layouts();
            StorageSnapshot images = engine.storage().snapshot();
            boolean isKnown = false;
            try {
                isKnown = engine.stores().layouts().equals(layouts);
                if (isKnown) {
                    return new FullState(engine, images, layouts);
                }
            } finally {
                if (!isKnown) {
                    images.close();
                }
            }
        }
        throw new IllegalStateException(
                "Cannot make a snapshot: layouts of stores are installed again and again. Try again when that is done.");
    }

    /** The newest commit that it shows. */
    Head head() {
        return images.head();
    }

    /** What there is, without a file. */
    Written counted() {
        long records = layouts.stream()
                .filter(layout -> !isOwn.test(layout.id()))
                .mapToLong(layout -> images.count(layout, Condition.everything()))
                .sum();
        return new Written(head(), records, null);
    }

    /** Writes everything into a file, which is there, durable and under its name, when this returns, and else not at all. */
    Written written(Path path) throws IOException {
        Position place = positions.apply(head().sequence());
        SnapshotHeader header = new SnapshotHeader(place.incarnation(), place.epoch(), head(), layouts);
        WholeFile whole = WholeFile.to(path);
        try {
            SnapshotWriter.create(whole.unfinished());
            long records = 0;
            byte[] digest;
            try (SnapshotWriter out = new SnapshotWriter(whole.unfinished(), header, onBlock)) {
                for (StoreLayout layout : layouts) {
                    long live = write(out, layout);
                    records += isOwn.test(layout.id()) ? 0 : live;
                }
                digest = out.finish();
            }
            long bytes = whole.name();
            String name = String.valueOf(path.getFileName());
            return new Written(
                    head(),
                    records,
                    new SnapshotRecords.File(name, bytes, HexFormat.of().formatHex(digest)));
        } finally {
            whole.discard();
        }
    }

    /** Returns how many live records the store has. */
    private long write(SnapshotWriter out, StoreLayout layout) throws IOException {
        long live;
        try (ImageScan scan = images.scan(layout, RolledBack.everything(layout, Integer.MAX_VALUE))) {
            live = out.write(layout, scan);
        }
        try (ImageScan scan = images.tombstones(layout)) {
            out.write(layout, scan);
        }
        return live;
    }

    @Override
    public void close() {
        images.close();
    }
}
