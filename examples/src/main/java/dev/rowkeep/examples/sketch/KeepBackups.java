package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.Backups;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A nightly backup, and the morning on which it is needed. */
public final class KeepBackups {
    private KeepBackups() {}

    // tag::backup[]
    record Note(@Key String id, String text) {}

    static final Schema<String, Note> NOTES = Schema.of(String.class, Note.class);

    /** Each night, while the application goes on. */
    static Backup nightly(RowKeep keep, Path folder) {
        Backups backups = keep.backups(folder);
        Backup backup = backups.create();
        backups.keep(7);
        return backup;
    }

    static List<String> run(Path directory, Path backups) {
        Path file = directory.resolve("notes.db");
        List<String> told = new ArrayList<>();
        Backup backup;
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(file))) {
            RecordStore<String, Note> notes = keep.store(NOTES);
            notes.insert(new Note("n1", "milk"));
            notes.update("n1", note -> new Note("n1", "milk, bread"));
            backup = nightly(keep, backups);
            notes.insert(new Note("n2", "after the backup"));
        }
        told.add("a backup of commit " + backup.position().sequence() + " of a storage " + backup.storage());

        // Every byte is what was written; from any process, without opening anything.
        RowKeep.verifyBackup(backup.path());

        // Not over what is there: the restored store gets a file of its own.
        Path restored = directory.resolve("notes-restored.db");
        RowKeep.restore(backup.path(), SqliteStorage.at(restored));
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(restored))) {
            RecordStore<String, Note> notes = keep.store(NOTES);
            told.add(notes.query().list().size() + " note, "
                    + notes.history("n1").size() + " versions of it");
            told.add("wrong with its log: "
                    + keep.log().verify(backup.anchor()).problem().orElse("nothing"));
        }
        return told;
    }
    // end::backup[]
}
