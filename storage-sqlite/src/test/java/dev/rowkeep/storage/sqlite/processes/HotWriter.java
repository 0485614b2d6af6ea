package dev.rowkeep.storage.sqlite.processes;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that commits again and again without a pause, once its diary is there. */
final class HotWriter {
    private HotWriter() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
            RecordStore<String, Row> store = keep.store(Worker.RECORDS);
            store.insert(Row.of(Worker.RECORDS, "hot").with(Worker.VALUE, 0L));
            Files.writeString(directory.resolve("diary-" + args[1]), "writing\n");
            while (!Files.exists(directory.resolve("stop"))) {
                store.apply(Edit.update(Worker.RECORDS, "hot").add(Worker.VALUE, 1L));
            }
        }
    }
}
