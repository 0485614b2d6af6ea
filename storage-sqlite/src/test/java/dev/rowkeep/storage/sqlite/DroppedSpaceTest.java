package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a file becomes smaller when the log's oldest commits are dropped. */
class DroppedSpaceTest {
    private static final Column<String> TEXT = Column.text("text");
    private static final Schema<Long, Row> NOTES = Schema.dynamic("notes", Column.integer("id"), TEXT);

    @TempDir
    private Path folder;

    @Test
    void whatIsDroppedIsGivenBackToTheDisk() throws IOException {
        Path file = folder.resolve("store.db");
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(file))) {
            RecordStore<Long, Row> notes = keep.store(NOTES);
            notes.insert(Row.of(NOTES, 1L).with(TEXT, "first"));
            for (int i = 0; i < 400; i++) {
                String text = String.valueOf(i).repeat(1_000);
                notes.update(1L, row -> row.with(TEXT, text));
            }
        }
        long before = Files.size(file);
        try (Storage storage = SqliteStorage.at(file).open(Access.READ_WRITE)) {
            storage.dropThrough(storage.head().sequence() - 1);
            while (storage.reclaim()) {
                assertThat(storage.check()).isEmpty();
            }
        }
        assertThat(before).isGreaterThan(1_500_000);
        assertThat(Files.size(file)).isLessThan(before / 10);
    }
}
