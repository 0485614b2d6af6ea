package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.internal.file.WholeFile;
import dev.rowkeep.internal.snapshot.SnapshotFolder;
import dev.rowkeep.internal.snapshot.SnapshotWriter;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.SnapshotException;
import dev.rowkeep.snapshot.SnapshotExistsException;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and drops snapshots, one at a time. The file is on the disk before the record that names it is committed, and the record is gone before the file
 * goes: so a crash leaves at most a file that no record names, and the next one who holds the folder takes that away.
 */
final class SnapshotMaking {
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowkeep");

    /** How often a state is looked for in which nobody is just installing layouts. */
    private static final int MAX_LOOKS = 20;

    private final Engine engine;
    private final Storage storage;
    private final SnapshotRecords records;
    private final @Nullable SnapshotFolder folder;
    private final Observer observer;
    private final ReentrantLock lock = new ReentrantLock();

    /** What a snapshot of {@code head} is to be called; empty if none is wanted after all. Asked when nobody else makes one. */
    interface Naming {
        Optional<String> name(Head head);
    }

    /**
     * What is wanted.
     *
     * @param call what it is called in failures
     * @param expired those that are dropped with it
     */
    record Order(Writer writer, String call, Naming naming, Supplier<List<Kept>> expired) {}

    /** A state of the storage with its layouts. */
    private record State(StorageSnapshot images, List<StoreLayout> layouts) {}

    SnapshotMaking(Engine engine, SnapshotRecords records, @Nullable SnapshotFolder folder, Observer observer) {
        this.engine = engine;
        this.storage = engine.storage();
        this.records = records;
        this.folder = folder;
        this.observer = observer;
    }

    /** Makes one, if it still is wanted. */
    Optional<Kept> make(Order order) {
        long started = System.nanoTime();
        Optional<Kept> made;
        lock.lock();
        try {
            engine.entry().requireOpen();
            engine.state(SnapshotRecords.SCHEMA);
            made = folder == null ? makeUnder(null, order) : makeInFolder(folder, order);
        } finally {
            lock.unlock();
        }
        made.ifPresent(kept -> observer.tell(new KeepEvent.SnapshotMade(
                kept.name(), kept.snapshot().records(), Duration.ofNanos(System.nanoTime() - started))));
        return made;
    }

    private Optional<Kept> makeInFolder(SnapshotFolder held, Order order) {
        try (SnapshotFolder.Hold hold = held.hold(engine.entry()::requireOpen)) {
            tidy(hold);
            return makeUnder(hold, order);
        } catch (IOException e) {
            throw unwritten(order.call(), e);
        }
    }

    private Optional<Kept> makeUnder(SnapshotFolder.@Nullable Hold hold, Order order) {
        State state = state();
        String name;
        long count;
        SnapshotRecords.File file = null;
        try (StorageSnapshot images = state.images()) {
            Optional<String> wanted = order.naming().name(images.head());
            if (wanted.isEmpty()) {
                return Optional.empty();
            }
            name = wanted.get();
            if (hold == null) {
                count = count(state);
            } else {
                Written written = written(name, state);
                count = written.records();
                file = written.file();
            }
        }
        boolean isNamed = false;
        try {
            Kept kept = keep(order, name, state.images().head(), count, file);
            isNamed = true;
            return Optional.of(kept);
        } catch (UnknownOutcomeException e) {
            isNamed = true; // Perhaps. If not, it goes when the folder is tidied.
            throw e;
        } finally {
            if (!isNamed && file != null) {
                discard(file.name());
            }
        }
    }

    /** A state whose layouts are known: those before it and after it are the same. */
    private State state() {
        for (int look = 1; look <= MAX_LOOKS; look++) {
            List<StoreLayout> layouts = engine.layouts();
            StorageSnapshot images = storage.snapshot();
            boolean isKnown = false;
            try {
                isKnown = engine.layouts().equals(layouts);
                if (isKnown) {
                    return new State(images, layouts);
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

    private long count(State state) {
        return state.layouts().stream()
                .filter(layout -> !engine.isOwn(layout.id()))
                .mapToLong(layout -> state.images().count(layout, Condition.everything()))
                .sum();
    }

    private record Written(SnapshotRecords.File file, long records) {}

    private Written written(String name, State state) {
        String fileName = SnapshotFolder.newName();
        SnapshotHeader header = new SnapshotHeader(
                storage.incarnation(), storage.epoch(), state.images().head(), state.layouts());
        WholeFile whole = null;
        try {
            Path path = Objects.requireNonNull(folder).file(fileName);
            whole = WholeFile.to(path);
            SnapshotWriter.create(whole.unfinished());
            long count = 0;
            byte[] digest;
            try (SnapshotWriter out = new SnapshotWriter(whole.unfinished(), header, engine.entry()::requireOpen)) {
                for (StoreLayout layout : state.layouts()) {
                    long live = write(out, state.images(), layout);
                    count += engine.isOwn(layout.id()) ? 0 : live;
                }
                digest = out.finish();
            }
            long bytes = whole.name();
            return new Written(
                    new SnapshotRecords.File(fileName, bytes, HexFormat.of().formatHex(digest)), count);
        } catch (IOException e) {
            throw unwritten(name, e);
        } finally {
            if (whole != null) {
                whole.discard();
            }
        }
    }

    /** Returns how many live records the store has. */
    private static long write(SnapshotWriter out, StorageSnapshot images, StoreLayout layout) throws IOException {
        long live;
        try (ImageScan scan = images.scan(layout, RolledBack.everything(layout, Integer.MAX_VALUE))) {
            live = out.write(layout, scan);
        }
        try (ImageScan scan = images.tombstones(layout)) {
            out.write(layout, scan);
        }
        return live;
    }

    /** Keeps a new one and drops those that it takes the place of, in one commit; if one of them was changed meanwhile, looks again. */
    @SuppressWarnings("unchecked")
    private Kept keep(Order order, String name, Head head, long count, SnapshotRecords.@Nullable File file) {
        for (int look = 1; ; look++) {
            List<Kept> old = look == MAX_LOOKS ? List.of() : order.expired().get();
            List<Edit<?, ?>> edits = new ArrayList<>();
            edits.add(SnapshotRecords.keep(name, head, count, file));
            old.forEach(kept -> edits.add(SnapshotRecords.drop(kept)));
            CommitResult result = engine.groupWrites().commit(order.writer(), edits);
            if (result instanceof CommitResult.Committed committed) {
                old.forEach(this::discard);
                return records.kept((VersionedRecord<String, Row>)
                        committed.results().get(0).orThrow());
            }
            records.find(name).ifPresent(there -> {
                throw new SnapshotExistsException(there.snapshot());
            });
            if (old.isEmpty()) {
                result.orThrow();
            }
        }
    }

    /** That a name is free, and there is room for one more. */
    void requireFree(String name) {
        List<Kept> all = records.all();
        all.stream().filter(kept -> kept.name().equals(name)).findFirst().ifPresent(kept -> {
            throw new SnapshotExistsException(kept.snapshot());
        });
        if (all.size() >= Snapshots.MOST) {
            throw new SnapshotException(
                    name, "there are " + all.size() + " already, which is the most. Drop some first.", null);
        }
    }

    /** Drops one of a name, if it is there; returns whether it was. */
    boolean drop(Writer writer, String name) {
        while (true) {
            Optional<Kept> kept = records.find(name);
            if (kept.isEmpty()) {
                return false;
            }
            CommitResult result = engine.groupWrites().commit(writer, List.of(SnapshotRecords.drop(kept.get())));
            if (result instanceof CommitResult.Committed) {
                discard(kept.get());
                return true;
            }
            if (records.find(name)
                    .filter(now -> now.version() == kept.get().version())
                    .isPresent()) {
                result.orThrow();
            }
        }
    }

    /** Takes away files that no record names. Where another process makes one just now, that one does it the next time. */
    void tidy() {
        if (folder == null) {
            return;
        }
        lock.lock();
        try {
            Optional<SnapshotFolder.Hold> held = folder.tryHold();
            if (held.isPresent()) {
                try (SnapshotFolder.Hold hold = held.get()) {
                    tidy(hold);
                }
            }
        } catch (IOException e) {
            LOG.warn("The folder of snapshots could not be tidied; it is tried again with the next snapshot", e);
        } finally {
            lock.unlock();
        }
    }

    /** The files are looked at first: what is made later than that is made by who holds the folder. */
    private void tidy(SnapshotFolder.Hold hold) throws IOException {
        List<String> files = hold.names();
        if (files.isEmpty()) {
            return;
        }
        Set<String> named = records.all().stream()
                .map(Kept::file)
                .filter(Objects::nonNull)
                .map(SnapshotRecords.File::name)
                .collect(Collectors.toSet());
        files.stream().filter(file -> !named.contains(file)).forEach(this::discard);
    }

    private void discard(Kept dropped) {
        if (dropped.file() != null) {
            discard(dropped.file().name());
        }
    }

    private void discard(String file) {
        try {
            if (folder != null) {
                folder.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("Snapshot file {} could not be removed; it is tried again with the next snapshot", file, e);
        }
    }

    private static SnapshotException unwritten(String name, IOException cause) {
        return new SnapshotException(
                name,
                "its file could not be written (" + cause.getClass().getSimpleName()
                        + "). Nothing was made. Check that there is space beside the storage and that this user may write there.",
                cause);
    }

    /** Waits for one that is in the making, which gives up when the door is closed. */
    void close() {
        lock.lock();
        lock.unlock();
    }
}
