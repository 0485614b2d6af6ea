package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Erases from the journal, and then has the database made anew of it beside the one in use, because DuckDB leaves old bytes in free blocks. What is
 * read meanwhile is of the old database, which goes with its last reader; whoever comes when the new one has taken its place reads that.
 *
 * <p>Each step leaves a storage that is whole, if not all erased, and all are taken again when it is called again.
 */
final class Erasing {
    private static final String ACTION = "erase";

    private final DatabaseFiles files;
    private final DatabaseMaking making;
    private final Journal journal;
    private final Sessions sessions;
    private final Resident resident;
    private final Projector projector;

    /** The driver gives out an instance that is open, by the name that its file had: so each has another. */
    private final AtomicInteger made = new AtomicInteger();

    Erasing(
            DatabaseFiles files,
            DatabaseMaking making,
            Journal journal,
            Sessions sessions,
            Resident resident,
            Projector projector) {
        this.files = files;
        this.making = making;
        this.journal = journal;
        this.sessions = sessions;
        this.resident = resident;
        this.projector = projector;
    }

    /** For who holds the write lock. */
    void erase(List<ErasedRecords> records) {
        if (records.isEmpty()) {
            return;
        }
        projector.project(); // What waits for that in memory is not to be met behind what is erased.
        resident.erasing();
        try {
            journal.rewrite(new EntryErasure(records, resident));
        } catch (JournalException e) {
            throw sessions.failures().of(ACTION, e);
        }
        Path renewed = files.renewed(made.incrementAndGet());
        projector.alone(() -> renew(renewed));
        files.deleteOld(renewed);
    }

    private void renew(Path renewed) {
        DuckdbSession session = null;
        boolean isTaken = false;
        try {
            making.make(renewed, journal, resident.number(), entry -> {});
            session = making.connect(renewed);
            DatabaseMaking.lock(session);
            sessions.goOnWith(session, () -> take(renewed));
            isTaken = true;
        } catch (SQLException e) {
            throw sessions.failures().of(ACTION, e);
        } catch (JournalException e) {
            throw sessions.failures().of(ACTION, e);
        } finally {
            if (!isTaken) {
                DatabaseMaking.close(session);
                files.deleteRenewed(renewed);
            }
        }
    }

    private void take(Path renewed) {
        boolean isTaken = false;
        try {
            files.take(renewed);
            isTaken = true;
        } finally {
            if (!isTaken) {
                sessions.failures().instanceIsGivenUp(); // It may have lost its log: what is in that is in the journal.
            }
        }
    }
}
