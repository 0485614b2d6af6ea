package dev.rowkeep.examples.audit;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.examples.Film;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of everything as of one commit, which is verified before it has a name, and a store that is made of it. */
final class NightlyBackup implements Step {
    @Override
    public String title() {
        return "A backup, and a store that is restored from it";
    }

    @Override
    public void show(Walk walk) throws IOException {
        Path backups = Files.createDirectory(walk.folder().resolve("backups"));
        Backup backup = walk.keep().backups(backups).create();
        walk.say(
                "commit %,d of the log, verified, in %,d KiB", backup.position().sequence(), backup.bytes() / 1024);
        Path restored = walk.folder().resolve("restored.db");
        RowKeep.restore(backup.path(), SqliteStorage.at(restored));
        try (RowKeep copy = RowKeep.open(SqliteStorage.at(restored))) {
            walk.say(
                    "restored: %,d films, Titanic in version %d; wrong with its log: %s",
                    copy.store(Film.SCHEMA).query().count(),
                    copy.store(Film.SCHEMA).get(Walk.TITANIC).orElseThrow().version(),
                    copy.log().verify(backup.anchor()).problem().orElse("nothing"));
        }
    }
}
