package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class UndoStackTest {
    private static final Column<Long> N = Column.integer("n");
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", Column.text("id"), N);

    @Test
    void commitsBeyondTheReachAreTakenBackByTheirPositionOnly() {
        try (RowKeep keep = RowKeep.open(MemoryStorage.create())) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            Session ana = keep.session(Author.user("ana"));
            items.as(ana).insert(Row.of(ITEMS, "anas").with(N, 0L));
            Position anas = keep.log().head();
            RecordStore<String, Row> others = items.as(keep.session(Author.user("ben")));
            others.insert(Row.of(ITEMS, "bens").with(N, 0L));
            addInCommits(others, Session.UNDO_REACH - 2);
            assertThat(ana.toUndo().orElseThrow().position()).isEqualTo(anas);

            addInCommits(others, 1);
            assertThat(ana.toUndo()).isEmpty();
            assertThat(ana.undo().orThrow()).isEmpty();
            assertThat(ana.undo(anas).orThrow()).hasSize(1);
            assertThat(items.exists("anas")).isFalse();
        }
    }

    private static void addInCommits(RecordStore<String, Row> items, int count) {
        List<CompletableFuture<?>> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(items.applyAsync(Edit.update(ITEMS, "bens").add(N, 1L)));
        }
        added.forEach(CompletableFuture::join);
    }
}
