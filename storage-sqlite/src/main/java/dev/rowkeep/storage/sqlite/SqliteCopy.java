package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Copies an open database with {@code VACUUM INTO}: one read transaction on a connection of its own, which keeps no writer waiting and is
 * kept from its end by none, as SQLite's online backup is that begins anew when another connection commits. What it copies is rows and not
 * pages, so that nothing of what was deleted is in the copy, and pages that cannot be read are noticed.
 */
final class SqliteCopy implements BackupSource {
    /** The one file of a copy. */
    static final String FILE = "store.db";

    private final Readers copiers;

    SqliteCopy(Readers copiers) {
        this.copiers = copiers;
    }

    @Override
    public StorageProvider copyTo(Path folder) {
        DatabaseFile copy = DatabaseFile.at(folder.resolve(FILE));
        copy.create(); // For its owner only; SQLite takes a file that is empty.
        Session session = copiers.lease("copy the database");
        try {
            PreparedStatement vacuum = session.prepared("VACUUM INTO ?");
            vacuum.setString(1, copy.path().toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw new Failures(copy.path()).of("copy the database to a backup", e);
        } finally {
            copiers.discard(session);
        }
        keepInWriteAheadLog(copy);
        return SqliteStorage.at(copy.path()).exclusive();
    }

    /** The copy has SQLite's default mode. Opening would change that, and with it bytes of the file. */
    private static void keepInWriteAheadLog(DatabaseFile copy) {
        try (Session session = new Connector(copy.path(), Duration.ZERO).writer();
                ResultSet mode = session.prepared("PRAGMA journal_mode = WAL").executeQuery()) {
            mode.next();
        } catch (SQLException e) {
            throw new Failures(copy.path()).of("finish the copy", e);
        }
    }
}
