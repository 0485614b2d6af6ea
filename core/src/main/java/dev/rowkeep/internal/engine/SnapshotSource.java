package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.codec.SnapshotTrailer;
import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.internal.file.Durable;
import dev.rowkeep.internal.file.WholeFile;
import dev.rowkeep.internal.snapshot.SnapshotDamagedException;
import dev.rowkeep.internal.snapshot.SnapshotFolder;
import dev.rowkeep.internal.snapshot.SnapshotReader;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.snapshot.SnapshotException;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    private static final int COPIED_AT_ONCE = 1 << 16;

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
            requireOf(kept, folder.file(file.name()), reader.header());
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
        try {
            requireIntact(kept, file, folder.file(file.name()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(problem(e));
        }
    }

    /** That {@code path} holds what was written for a snapshot, to the last byte. */
    private void requireIntact(Kept kept, SnapshotRecords.File file, Path path) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(path)) {
            requireOf(kept, path, reader.header());
        }
        SnapshotTrailer trailer = SnapshotReader.verify(path);
        if (!HexFormat.of().formatHex(trailer.digest()).equals(file.digest())) {
            throw new SnapshotDamagedException(path, "it is another than the one that was kept.");
        }
    }

    /** Copies a snapshot's file to {@code target}, which is there whole or not at all. */
    void copy(Kept kept, Path target) {
        if (folder == null) {
            throw new UnsupportedOperationException("Cannot copy snapshot " + kept.name() + ": the storage "
                    + engine.storage().capabilities().name()
                    + " is not on a disk, and its snapshots have no files. Ship a replica the log from its start.");
        }
        SnapshotRecords.File file = kept.file();
        if (file == null) {
            throw uncopied(kept, target, "it was made where there was no disk, and has no file. Make another.", null);
        }
        WholeFile copy = WholeFile.to(target);
        try {
            write(folder.file(file.name()), copy);
            requireIntact(kept, file, copy.unfinished());
            copy.nameIfFree();
        } catch (FileAlreadyExistsException e) {
            throw uncopied(kept, target, "there is a file of that name already. Give another one.", e);
        } catch (SnapshotDamagedException | NoSuchFileException e) {
            String why = verify(kept).orElse("the copy is not what was written. Look at the disk, and try again.");
            throw uncopied(kept, target, why, e);
        } catch (IOException e) {
            String why = "it could not be written (" + e.getClass().getSimpleName()
                    + "). Check that the folder is there, with space in it, and that this user may write there.";
            throw uncopied(kept, target, why, e);
        } finally {
            copy.discard();
        }
    }

    private void write(Path from, WholeFile copy) throws IOException {
        if (Files.exists(copy.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(copy.file().toString());
        }
        if (Files.notExists(from)) {
            throw new NoSuchFileException(from.toString());
        }
        byte[] buffer = new byte[COPIED_AT_ONCE];
        try (RandomAccessFile in = new RandomAccessFile(from.toFile(), "r");
                RandomAccessFile out = Durable.newFile(copy.unfinished())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                engine.entry().requireOpen();
                out.write(buffer, 0, read);
            }
        }
    }

    private static SnapshotException uncopied(Kept kept, Path target, String why, @Nullable Throwable cause) {
        return new SnapshotException(
                "Cannot copy snapshot " + kept.name() + " to " + target + ": " + why + " Nothing was written.", cause);
    }

    private static void requireOf(Kept kept, Path path, SnapshotHeader header) throws IOException {
        Head head = header.head();
        boolean isOf = header.incarnation().equals(kept.snapshot().position().incarnation())
                && head.sequence() == kept.sequence()
                && ChainHash.of(head.hash()).equals(kept.snapshot().hash());
        if (!isOf) {
            throw new SnapshotDamagedException(
                    path, "it is of another place in a log, or of another log, than snapshot " + kept.name() + ".");
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
