package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.snapshot.SnapshotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of snapshots, given away. */
abstract class SnapshotCopies extends ReplicaRehearsal {
    SnapshotCopies() {}

    /** Inserts, edits and deletes, so that there are tombstones and several versions. */
    final void busy(int from, int to) {
        for (int i = from; i < to; i++) {
            as("ana").insert(template("t" + i));
            store.update("t" + i, row -> row.with(USES, 1L));
            if (i % 3 == 0) {
                store.delete("t" + i);
            }
        }
    }

    /** The file of a new snapshot. */
    final Path copied(String name) {
        keep.snapshots().create(name);
        Path file = directory.resolve(name + ".copy");
        keep.snapshots().copy(name, file);
        return file;
    }

    @Test
    void aCopyIsTheWholeFileAndNeverInPlaceOfAnother() throws IOException {
        busy(0, 5);
        keep.snapshots().create("s");
        Path target = directory.resolve("s.copy");
        assertThat(keep.snapshots().copy("s", target))
                .isEqualTo(keep.snapshots().find("s").orElseThrow());
        byte[] bytes = Files.readAllBytes(target);
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> keep.snapshots().copy("s", target))
                .withMessageContaining("already");
        assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keep.snapshots().copy("none", directory.resolve("none.copy")))
                .withMessageContaining("no snapshot none");
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> keep.snapshots()
                        .copy("s", directory.resolve("no folder").resolve("x")))
                .withMessageContaining("folder");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> String.valueOf(path.getFileName()))).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void aDamagedOrMissingFileIsNotCopied() throws IOException {
        busy(0, 5);
        keep.snapshots().create("s");
        Path original = original();
        byte[] bytes = Files.readAllBytes(original);
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 4;
        Files.write(original, flipped);
        Path target = directory.resolve("s.copy");
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> keep.snapshots().copy("s", target))
                .withMessageContaining("at byte ")
                .withMessageContaining(String.valueOf(original.getFileName()));
        assertThat(target).doesNotExist();
        Files.delete(original);
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> keep.snapshots().copy("s", target))
                .withMessageContaining("missing");
        assertThat(target).doesNotExist();
    }

    private Path original() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> path.toString().endsWith(".snapshot"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
