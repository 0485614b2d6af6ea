package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import dev.rowkeep.storage.duckdb.journal.JournalReader;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One opening of a database. The journal is the truth: a database that is not there, cannot be opened or is not what the journal says is
 * made anew from it; what was there is set aside. What the database lacks is brought in before anybody reads.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(DuckdbStorage.class);

    private final DatabaseFiles files;
    private final Failures failures;
    private final Access access;
    private final UUID newIncarnation;
    private final Settings settings;
    private final DatabaseMaking making;

    /** Opens the database of {@code files}; a log that is made there is called {@code newIncarnation}. */
    Opening(DatabaseFiles files, Access access, UUID newIncarnation, Settings settings) {
        this.files = files;
        this.failures = new Failures(files.database());
        this.access = access;
        this.newIncarnation = newIncarnation;
        this.settings = settings;
        this.making = new DatabaseMaking(settings.memoryLimit());
    }

    /** A connection to the database, and what was read over it: that it can be read is a part of its being usable. */
    private record Opened(DuckdbSession session, Resident resident) {
        /** Locks the database and reads it; if that fails, nothing of it is left open, or the driver would give it out again. */
        static Opened of(DuckdbSession session) throws SQLException {
            try {
                DatabaseMaking.lock(session);
                return new Opened(session, Loading.resident(session));
            } catch (SQLException | RuntimeException | Error e) {
                DatabaseMaking.close(session);
                throw e;
            }
        }
    }

    OpenDuckdb open() {
        requireWhole();
        FileHold hold = FileHold.take(files);
        Journal journal = null;
        DuckdbSession session = null;
        try {
            journal = journal();
            Opened opened = database(journal, journal.last().number());
            session = opened.session();
            Resident resident = opened.resident();
            Sessions sessions = new Sessions(session, failures);
            Journal log = journal;
            Projector projector = new Projector(
                    resident, sessions, through -> database(log, through).session());
            return new OpenDuckdb(
                    new OpenDuckdb.Parts(
                            hold,
                            journal,
                            sessions,
                            resident,
                            projector,
                            new Reads(resident, sessions, projector),
                            new Erasing(files, making, journal, sessions, resident, projector)),
                    access,
                    settings.memoryLimit(),
                    files.snapshots());
        } catch (SQLException e) {
            close(hold, journal, session);
            throw failures.of("open", e);
        } catch (JournalException e) {
            close(hold, journal, session);
            throw failures.of("open", e);
        } catch (RuntimeException | Error e) {
            close(hold, journal, session);
            throw e;
        }
    }

    private static void close(FileHold hold, @Nullable Journal journal, @Nullable DuckdbSession session) {
        DatabaseMaking.close(session);
        if (journal != null) {
            journal.close();
        }
        hold.close();
    }

    private void requireWhole() {
        boolean hasJournal = Files.exists(files.journal());
        if (!hasJournal && Files.exists(files.database())) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot open " + files.database() + ": its journal, the directory " + files.journal()
                            + ", is not there. Put the two that belong together back, or give another name.",
                    null);
        }
        if (!hasJournal && access == Access.READ_ONLY) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot open " + files.database() + " for reading: it is not there. Open it with READ_WRITE first.",
                    null);
        }
    }

    private Journal journal() throws JournalException {
        return Files.exists(files.journal())
                ? Journal.open(files.journal(), settings.journal())
                : Journal.create(
                        files.journal(),
                        new Journal.Identity(newIncarnation, 1),
                        new Journal.Place(0, Head.empty().hash()),
                        settings.journal());
    }

    /** The database, holding all that the journal says up to an entry, and nothing behind that. */
    private Opened database(Journal journal, long through) throws SQLException, JournalException {
        files.deleteUnfinished();
        if (Files.exists(files.database())) {
            DuckdbSession session = null;
            try {
                session = making.connect(files.database());
                requireSame(journal, Format.meta(session));
                DatabaseMaking.catchUp(session, journal, through, entry -> {});
                return Opened.of(session);
            } catch (SQLException e) {
                DatabaseMaking.close(session);
                if (Failures.isOfTheSystem(e)) {
                    throw e;
                }
                Path aside = files.setAside();
                LOG.warn(
                        "The database {} cannot be used; it is set aside as {} and made anew from its journal",
                        files.database(),
                        aside,
                        e);
            } catch (JournalException | StorageException e) {
                DatabaseMaking.close(session);
                throw e;
            }
        }
        files.setAsideLogAlone();
        return Opened.of(rebuilt(journal, through));
    }

    private DuckdbSession rebuilt(Journal journal, long through) throws SQLException, JournalException {
        long start = journal.start().number();
        making.make(files.unfinished(), journal, through, entry -> {
            if (through > start) {
                settings.rebuildListener().accept(new RebuildProgress(entry - start, through - start));
            }
        });
        files.nameUnfinished();
        return making.connect(files.database());
    }

    /**
     * That the database holds a beginning of this journal, as far as a hash tells. Each entry is durable in the journal before it is brought
     * into the database: where the database has one that the journal has not, the journal has lost it.
     */
    private void requireSame(Journal journal, Format.Meta meta) throws SQLException, JournalException {
        if (!meta.identity().equals(journal.identity())) {
            throw new SQLDataException("The database is of another store than the journal beside it");
        }
        if (meta.projected() > journal.last().number()) {
            throw lost(meta, "The journal ends with entry " + journal.last().number());
        }
        if (meta.projected() == 0) {
            return;
        }
        try (JournalReader reader = journal.read(meta.projected() - 1)) {
            JournalRecord record = reader.next();
            if (record == null || !Arrays.equals(record.hashAfter(), meta.head().hash())) {
                throw lost(meta, "The journal has another entry of that number");
            }
        }
    }

    private StorageException lost(Format.Meta meta, String found) {
        return new StorageException(
                Kind.PERMANENT,
                "Cannot open " + files.database() + ": it holds entry " + meta.projected()
                        + " of its journal, and the journal " + files.journal() + " has lost it. " + found
                        + ": it was damaged, or replaced by another copy. The database was not changed. Put back the journal that belongs"
                        + " to the database. To go on with what this journal has instead, and without the commits that only the"
                        + " database holds, move the database away: it is made anew.",
                null);
    }
}
