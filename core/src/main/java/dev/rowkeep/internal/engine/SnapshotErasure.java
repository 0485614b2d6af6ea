package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.file.WholeFile;
import dev.rowkeep.internal.snapshot.SnapshotReader;
import dev.rowkeep.internal.snapshot.SnapshotWriter;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Snapshots' files without erased values: of the same place, and the same records otherwise. */
record SnapshotErasure(List<ErasedRecords> erased, Runnable onBlock) {
    /**
     * Whether a file holds a value that is erased, all of which is read.
     *
     * @throws dev.rowkeep.internal.snapshot.SnapshotDamagedException if it is not what was written
     */
    @SuppressWarnings("ReferenceEquality") // What has nothing to erase is given back itself.
    boolean isNeeded(Path path) throws IOException {
        AtomicBoolean isNeeded = new AtomicBoolean();
        SnapshotReader.readAll(path, form -> form, (form, image) -> {
            if (!ErasedRecords.erased(erased, form, image).equals(image)) {
                isNeeded.set(true);
            }
        });
        return isNeeded.get();
    }

    /**
     * Writes what the file {@code path} is without the values into {@code fresh}, which is there, durable, when this returns, and else not at all.
     * Empty if the file is gone, as its snapshot was dropped meanwhile.
     */
    Optional<SnapshotRecords.File> rewritten(Path path, Path fresh) throws IOException {
        try {
            return Optional.of(written(path, fresh));
        } catch (NoSuchFileException e) {
            if (Files.exists(path)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private SnapshotRecords.File written(Path path, Path fresh) throws IOException {
        SnapshotHeader header;
        try (SnapshotReader reader = SnapshotReader.open(path)) {
            header = reader.header();
        }
        WholeFile whole = WholeFile.to(fresh);
        try {
            SnapshotWriter.create(whole.unfinished());
            byte[] digest;
            try (SnapshotWriter out = new SnapshotWriter(whole.unfinished(), header, onBlock)) {
                SnapshotReader.readAll(
                        path,
                        form -> form,
                        (form, image) -> write(out, form, ErasedRecords.erased(erased, form, image)));
                digest = out.finish();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            long bytes = whole.name();
            return new SnapshotRecords.File(
                    String.valueOf(fresh.getFileName()), bytes, HexFormat.of().formatHex(digest));
        } finally {
            whole.discard();
        }
    }

    private static void write(SnapshotWriter out, StoreLayout form, Image image) {
        try {
            out.write(form, image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
