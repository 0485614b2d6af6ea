package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the scenarios of snapshots share: what is told, what is read, and where the files are. */
abstract class SnapshotRehearsal extends UndoRehearsal {
    final BlockingQueue<KeepEvent> events = new LinkedBlockingQueue<>();

    SnapshotRehearsal() {}

    @Override
    protected KeepOptions options() {
        return super.options().listener(event -> {
            if (event instanceof KeepEvent.SnapshotMade
                    || event instanceof KeepEvent.SnapshotFailed
                    || event instanceof KeepEvent.SnapshotUnusable) {
                events.add(event);
            }
        });
    }

    Snapshots snapshots() {
        return keep.snapshots();
    }

    /** The next event, waited for. */
    <E extends KeepEvent> E next(Class<E> kind) {
        try {
            KeepEvent event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).isInstanceOf(kind);
            return kind.cast(event);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void reopen(Function<KeepOptions, KeepOptions> change) {
        keep.close();
        keep = RowKeep.open(storage, change.apply(options()));
        store = keep.store(templates);
    }

    void reopen() {
        reopen(options -> options);
    }

    /** Commits that each change something, and are synced together. */
    void busy(int commits) {
        if (!store.exists("busy")) {
            store.insert(template("busy"));
        }
        List<CompletableFuture<?>> landing = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            landing.add(store.applyAsync(Edit.update(templates, "busy").add(USES, 1L)));
        }
        landing.forEach(CompletableFuture::join);
    }

    List<VersionedRecord<String, Row>> viewed(Position position) {
        return store.asOf(position).query().list();
    }

    /** A view, and how many commits were read for it. */
    long commitsReadFor(Position position, List<VersionedRecord<String, Row>> expected) {
        long before = storage.commitsRead();
        assertThat(viewed(position)).isEqualTo(expected);
        return storage.commitsRead() - before;
    }

    Position at(long sequence) {
        Position start = keep.log().start();
        return new Position(start.incarnation(), start.partition(), start.epoch(), sequence);
    }

    List<String> names() {
        return snapshots().list().stream().map(Snapshot::name).toList();
    }

    /** Whether snapshots have files here. */
    boolean hasFiles() {
        return storage.attachments().isPresent();
    }

    void assumeFiles() {
        assumeTrue(hasFiles(), "This storage has no place for files");
    }

    Path folder() {
        return storage.attachments().orElseThrow();
    }

    /** What is in the folder, but for its lock. */
    List<Path> files() {
        if (!hasFiles() || !Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return new ArrayList<>(
                    files.filter(file -> !file.endsWith("lock")).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one snapshot's file. */
    Path file() {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }
}
