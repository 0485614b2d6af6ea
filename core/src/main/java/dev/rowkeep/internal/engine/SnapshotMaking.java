package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.internal.snapshot.SnapshotDamagedException;
import dev.rowkeep.internal.snapshot.SnapshotFolder;
import dev.rowkeep.log.UnconfirmedException;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.SnapshotException;
import dev.rowkeep.snapshot.SnapshotExistsException;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Head;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private final SnapshotRecords records;
    private final @Nullable SnapshotFolder folder;
    private final Observer observer;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean isClosed;

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

    SnapshotMaking(Engine engine, SnapshotRecords records, @Nullable SnapshotFolder folder, Observer observer) {
        this.engine = engine;
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
        Optional<String> wanted;
        FullState.Written written;
        try (FullState state = FullState.of(engine)) {
            wanted = order.naming().name(state.head());
            if (wanted.isEmpty()) {
                return Optional.empty();
            }
            written = hold == null
                    ? state.counted()
                    : state.written(Objects.requireNonNull(folder).file(SnapshotFolder.newName()));
        } catch (IOException e) {
            throw unwritten(order.call(), e);
        }
        boolean isNamed = false;
        try {
            Kept kept = keep(order, wanted.get(), written);
            isNamed = true;
            return Optional.of(kept);
        } catch (UnknownOutcomeException e) {
            isNamed = true; // Perhaps. If not, its file goes when the folder is tidied.
            throw e;
        } finally {
            if (!isNamed && written.file() != null) {
                discard(written.file().name());
            }
        }
    }

    /** Keeps a new one and drops those that it takes the place of, in one commit; if one of them was changed meanwhile, looks again. */
    @SuppressWarnings("unchecked")
    private Kept keep(Order order, String name, FullState.Written written) {
        for (int look = 1; ; look++) {
            List<Kept> old = look == MAX_LOOKS ? List.of() : order.expired().get();
            List<Edit<?, ?>> edits = new ArrayList<>();
            edits.add(SnapshotRecords.keep(name, written));
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

    /**
     * Takes erased values out of the files: those that hold some are written anew, and the records name the new ones before the old ones go. One that
     * cannot be read goes, as it may hold some.
     */
    void erase(List<ErasedRecords> erased) {
        eachFile(kept -> erase(kept, erased));
    }

    /** Removes the files that hold erased values: of a log that others write, and which record other files. */
    void discardHolding(List<ErasedRecords> erased) {
        eachFile(kept -> {
            if (isHolding(kept, erased)) {
                discard(kept);
            }
        });
    }

    /** What is done with a snapshot that has a file. */
    private interface FileWork {
        void run(Kept kept) throws IOException;
    }

    private void eachFile(FileWork work) {
        if (folder == null || !folder.isThere()) {
            return;
        }
        lock.lock();
        try (SnapshotFolder.Hold hold = folder.hold(engine.entry()::requireOpen)) {
            for (Kept kept : records.all()) {
                if (kept.file() != null) {
                    work.run(kept);
                }
            }
            tidy(hold);
        } catch (IOException e) {
            throw unwritten("erasure", e);
        } finally {
            lock.unlock();
        }
    }

    private void erase(Kept kept, List<ErasedRecords> erased) throws IOException {
        if (isHolding(kept, erased)) {
            SnapshotErasure rewriting = new SnapshotErasure(erased, engine.entry()::requireOpen);
            Path fresh = Objects.requireNonNull(folder).file(SnapshotFolder.newName());
            rewriting.rewritten(path(kept), fresh).ifPresent(file -> refile(kept, file));
        }
    }

    /** Whether a snapshot's file holds what is erased. One that cannot be read may do so, and is removed. */
    private boolean isHolding(Kept kept, List<ErasedRecords> erased) throws IOException {
        try {
            return new SnapshotErasure(erased, engine.entry()::requireOpen).isNeeded(path(kept));
        } catch (NoSuchFileException e) {
            return false;
        } catch (SnapshotDamagedException e) {
            LOG.warn(
                    "The file of snapshot {} cannot be read and is removed, as it may hold what was erased",
                    kept.name());
            discard(kept);
            return false;
        }
    }

    private Path path(Kept kept) throws NoSuchFileException {
        return Objects.requireNonNull(folder)
                .file(Objects.requireNonNull(kept.file()).name());
    }

    /** If the snapshot was dropped meanwhile, the file that no record names is tidied away. */
    private void refile(Kept kept, SnapshotRecords.File written) {
        try {
            engine.groupWrites()
                    .commit(
                            SnapshotRecords.READER.because("erasure in snapshot " + kept.name()),
                            List.of(SnapshotRecords.refiled(kept, written)));
        } catch (UnconfirmedException e) {
            LOG.debug("No replica has confirmed yet that snapshot {} has another file", kept.name(), e);
        }
    }

    /** Takes away files that no record names. Where another process makes one just now, that one does it the next time. */
    void tidy() {
        if (folder == null) {
            return;
        }
        lock.lock();
        try {
            Optional<SnapshotFolder.Hold> held = isClosed ? Optional.empty() : folder.tryHold();
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
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }
}
