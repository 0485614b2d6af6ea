package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a file becomes smaller when the log's oldest commits are dropped, or contents of its changes. */
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

    /** Rows that become shorter leave their pages as they are, as long as nobody puts them together. */
    @Test
    void contentsThatAreDroppedAreGivenBackToTheDisk() throws IOException {
        assertThat(bytesLeftByDropping(1)).isLessThan(0.65);
    }

    /** As retention does day by day, where each time some of the changes about a place go. */
    @Test
    void contentsThatAreDroppedHereAndThereInTurnAreGivenBackToTheDisk() throws IOException {
        assertThat(bytesLeftByDropping(6)).isLessThan(0.85);
    }

    /** The part of the bytes that is left when the contents of nine tenths of the changes are dropped, in so many rounds through the log. */
    private double bytesLeftByDropping(int rounds) throws IOException {
        Path file = folder.resolve("store.db");
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(file))) {
            keep.store(NOTES);
            for (int version = 1; version <= 100; version++) {
                List<Edit<?, ?>> edits = new ArrayList<>();
                for (long id = 0; id < 200; id++) {
                    String text = ("text " + version).repeat(6);
                    edits.add(
                            version == 1
                                    ? Edit.insert(NOTES, Row.of(NOTES, id).with(TEXT, text))
                                    : Edit.update(NOTES, id).set(TEXT, text).expecting(version - 1));
                }
                keep.session(Author.user("ana")).commit(edits).orThrow();
            }
        }
        long before = Files.size(file);
        try (Storage storage = SqliteStorage.at(file).open(Access.READ_WRITE)) {
            List<LoggedChange> all = storage.layouts().stream()
                    .filter(layout -> layout.name().equals(NOTES.name()))
                    .flatMap(layout ->
                            WithoutContents.of(storage, layout, storage.head().sequence()).stream())
                    .toList();
            assertThat(all).hasSize(20_000);
            List<Long> ids = ids(storage);
            for (int round = 0; round < rounds; round++) {
                List<LoggedChange> some = new ArrayList<>();
                for (int i = round; i < all.size(); i += rounds) {
                    if (i / rounds % 10 != 9) {
                        some.add(all.get(i));
                    }
                }
                for (int from = 0; from < some.size(); from += 1_000) {
                    storage.dropContents(some.subList(from, Math.min(some.size(), from + 1_000)));
                }
            }
            int steps = 0;
            while (storage.reclaim()) {
                assertThat(steps++).isLessThan(1_000);
            }
            assertThat(storage.check()).isEmpty();
            assertThat(ids(storage)).isEqualTo(ids);
        }
        return (double) Files.size(file) / before;
    }

    private static List<Long> ids(Storage storage) {
        return storage.commitsAfter(0, Integer.MAX_VALUE).stream()
                .flatMap(commit -> commit.changes().stream())
                .map(LoggedChange::id)
                .toList();
    }
}
