package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.codec.SnapshotTrailer;
import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.internal.snapshot.SnapshotFolder;
import dev.rowkeep.internal.snapshot.SnapshotReader;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads snapshots' files, none of which is trusted without its record. */
final class SnapshotSource {
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowkeep");

    private final Engine engine;
    private final SnapshotRecords records;
    private final @Nullable SnapshotFolder folder;
    private final Observer observer;

    SnapshotSource(Engine engine, SnapshotRecords records, @Nullable SnapshotFolder folder, Observer observer) {
        this.engine = engine;
        this.records = records;
        this.folder = folder;
        this.observer = observer;
    }

    /** Those with a file that are fewer than {@code distance} commits from a place in the log, the nearest first. */
    List<Kept> near(long sequence, long distance) {
        // A replica or a restored storage has the names of snapshots and no files.
        if (folder == null || distance <= 1 || !folder.isThere()) {
            return List.of();
        }
        return records.all().stream()
                .filter(kept -> kept.file() != null && Math.abs(kept.sequence() - sequence) < distance)
                .sorted(Comparator.comparingLong(kept -> Math.abs(kept.sequence() - sequence)))
                .toList();
    }

    /** Those with a file that are of exactly this place in the log. */
    List<Kept> at(long sequence) {
        if (folder == null || !folder.isThere()) {
            return List.of();
        }
        return records.all().stream()
                .filter(kept -> kept.file() != null && kept.sequence() == sequence)
                .toList();
    }

    /** Gives the images of one store in a snapshot to {@code consumer}; false if its file cannot be used, which is told. */
    boolean read(Kept kept, StoreLayout layout, Consumer<Image> consumer) {
        SnapshotRecords.File file = kept.file();
        if (folder == null || file == null) {
            return false;
        }
        try (SnapshotReader reader = SnapshotReader.open(folder.file(file.name()))) {
            requireOf(kept, reader.header());
            reader.read(layout, consumer);
            return true;
        } catch (IOException e) {
            tell(kept, e);
            return false;
        }
    }

    /** Whether a snapshot has a file, all of which is read and verifies. */
    boolean isWhole(Kept kept) {
        return folder != null && kept.file() != null && verify(kept).isEmpty();
    }

    /** What is wrong with a snapshot's file, all of which is read. */
    Optional<String> verify(Kept kept) {
        SnapshotRecords.File file = kept.file();
        if (folder == null || file == null) {
            return Optional.empty();
        }
        try (SnapshotReader reader = SnapshotReader.open(folder.file(file.name()))) {
            requireOf(kept, reader.header());
            SnapshotTrailer trailer = SnapshotReader.verify(folder.file(file.name()));
            if (!HexFormat.of().formatHex(trailer.digest()).equals(file.digest())) {
                throw new IOException("Snapshot file " + file.name() + " is another than the one that was kept");
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(problem(e));
        }
    }

    private void requireOf(Kept kept, SnapshotHeader header) throws IOException {
        Head head = header.head();
        boolean isOf = header.incarnation().equals(kept.snapshot().position().incarnation())
                && head.sequence() == kept.sequence()
                && ChainHash.of(head.hash()).equals(kept.snapshot().hash());
        if (!isOf) {
            throw new IOException(
                    "The file is of another place in a log, or of another log, than snapshot " + kept.name());
        }
    }

    /** One that was dropped meanwhile misses nothing. */
    private void tell(Kept kept, IOException cause) {
        boolean isKept = records.find(kept.name())
                .filter(now -> now.version() == kept.version())
                .isPresent();
        if (!isKept) {
            return;
        }
        engine.entry().requireOpen();
        String problem = problem(cause);
        LOG.warn("Snapshot {} cannot be used, and the log is read instead: {}", kept.name(), problem);
        observer.tell(new KeepEvent.SnapshotUnusable(kept.name(), problem));
    }

    private static String problem(IOException cause) {
        return cause instanceof NoSuchFileException
                ? "The file " + cause.getMessage() + " is missing. Drop the snapshot and make another."
                : cause.getMessage() + " Drop the snapshot and make another.";
    }
}
