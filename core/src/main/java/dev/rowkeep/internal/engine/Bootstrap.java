package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.codec.SnapshotTrailer;
import dev.rowkeep.internal.snapshot.SnapshotDamagedException;
import dev.rowkeep.internal.snapshot.SnapshotReader;
import dev.rowkeep.snapshot.SnapshotException;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The beginning of a followed log behind its first commits: with the records of a snapshot's file. Every byte of the file is checked before anything is
 * written, and again while it is read, so that it does not matter what becomes of it meanwhile. Layouts come first, each by itself, and then all
 * records at once: a crash leaves layouts without records, with which the next attempt goes on.
 */
final class Bootstrap {
    private final Path file;
    private final SnapshotHeader header;

    private Bootstrap(Path file, SnapshotHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * That with the file at {@code file}.
     *
     * @throws SnapshotException if it is not there or does not begin as a snapshot's
     */
    static Bootstrap from(Path file) {
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            return new Bootstrap(file, reader.header());
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Which log the file is of. */
    UUID incarnation() {
        return header.incarnation();
    }

    /**
     * Begins the log in {@code storage}, which is of that log. Does nothing where it holds commits, or has begun.
     *
     * @throws SnapshotException if the file is not whole; nothing was written
     */
    void into(Storage storage) {
        if (storage.head().sequence() > 0) {
            return;
        }
        byte[] digest = read(Map.of(), (layout, image) -> {}).digest();
        Map<Integer, StoreLayout> installed = new HashMap<>();
        storage.layouts().forEach(layout -> installed.put(layout.id(), layout));
        for (StoreLayout wanted : header.layouts()) {
            if (FollowedLayouts.isMissing(installed.get(wanted.id()), wanted)) {
                storage.install(wanted);
                installed.put(wanted.id(), wanted);
            }
        }
        if (header.head().sequence() > 0) {
            storage.begin(header.head(), sink -> {
                if (!Arrays.equals(read(installed, sink).digest(), digest)) {
                    throw unusable(file, new SnapshotDamagedException(file, "it was replaced while it was read."));
                }
            });
        }
    }

    /** Reads the whole file; images come in the form of the installed layout of their store, if there is one. */
    private SnapshotTrailer read(Map<Integer, StoreLayout> installed, BiConsumer<StoreLayout, Image> sink) {
        try {
            return SnapshotReader.readAll(file, layout -> installed.getOrDefault(layout.id(), layout), sink);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static SnapshotException unusable(Path file, IOException cause) {
        String why = cause instanceof NoSuchFileException
                ? "The file " + file + " is not there."
                : cause instanceof SnapshotDamagedException
                        ? String.valueOf(cause.getMessage())
                        : "The file " + file + " cannot be read ("
                                + cause.getClass().getSimpleName() + ").";
        return new SnapshotException(
                "Cannot begin a replica with a snapshot: " + why
                        + " No record was written. Copy the snapshot again on the primary, with snapshots().copy(name, target).",
                cause);
    }
}
