package dev.rowkeep.evidence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups are made on a full disk, and restored to one: a typed error, and nothing is left. */
final class FullDiskBackupTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> NOTE = Column.text("note");
    private static final Schema<String, Row> NOTES = Schema.dynamic("notes", ID, NOTE);
    private static final int DISK_MEGABYTES = 8;
    private static final List<Integer> LEFT_BYTES = List.of(0, 4_096, 16_384, 65_536, 196_608, 290_000);
    private static final int RECORDS = 100;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aFullDiskLeavesNoPartOfABackupOrARestoredStore(Engine engine) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("backups"));
        int failures = 0;
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), DISK_MEGABYTES);
                RowKeep keep = RowKeep.open(engine.at(directory.resolve("store")))) {
            RecordStore<String, Row> notes = keep.store(NOTES);
            for (int i = 0; i < RECORDS; i++) {
                notes.insert(Row.of(NOTES, "n" + i).with(NOTE, "x".repeat(3_000)));
            }
            Backup backup = keep.backups(folder).create();
            Path full = Files.createDirectory(disk.path().resolve("full"));
            StorageProvider target = engine.at(full.resolve("restored"));
            for (int left : LEFT_BYTES) {
                disk.fillBut(left);
                assertFails(() -> keep.backups(full).create(), full);
                assertFails(() -> RowKeep.restore(backup.path(), target), full);
                failures += 2;
            }
            Files.delete(disk.filler());
            Backup made = keep.backups(full).create();
            assertThat(RowKeep.verifyBackup(made.path())).isEqualTo(made);
            RowKeep.restore(made.path(), target);
            try (RowKeep restored = RowKeep.open(target)) {
                assertThat(restored.log().verify(made.anchor()).problem()).isEmpty();
            }
        }
        assertThat(failures).isPositive();
    }

    private static void assertFails(Runnable work, Path where) throws IOException {
        assertThat(catchThrowable(work::run)).isInstanceOf(RowKeepException.class);
        try (Stream<Path> left = Files.walk(where)) {
            assertThat(left.filter(
                            path -> !path.equals(where) && !path.toString().endsWith(".lock")))
                    .isEmpty();
        }
    }
}
