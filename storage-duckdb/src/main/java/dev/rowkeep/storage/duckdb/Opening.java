package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import dev.rowkeep.storage.duckdb.journal.JournalOptions;
import dev.rowkeep.storage.duckdb.journal.JournalReader;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One opening of a database. The journal is the truth: a database that is not there, cannot be opened or is not what the journal says is
 * made anew from it; what was there is set aside. What the database lacks is brought in before anybody reads.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(DuckdbStorage.class);

    /** How many rows are brought in with one transaction. */
    private static final int ROWS_AT_ONCE = 65_536;

    private final DatabaseFiles files;
    private final Failures failures;
    private final Access access;
    private final UUID newIncarnation;
    private final long memoryLimit;
    private final Consumer<RebuildProgress> rebuildListener;

    /** Opens the database of {@code files}; a log that is made there is called {@code newIncarnation}. */
    Opening(
            DatabaseFiles files,
            Access access,
            UUID newIncarnation,
            long memoryLimit,
            Consumer<RebuildProgress> rebuildListener) {
        this.files = files;
        this.failures = new Failures(files.database());
        this.access = access;
        this.newIncarnation = newIncarnation;
        this.memoryLimit = memoryLimit;
        this.rebuildListener = rebuildListener;
    }

    /** A connection to the database, and what was read over it: that it can be read is a part of its being usable. */
    private record Opened(DuckdbSession session, Resident resident) {
        /** Locks the database and reads it; if that fails, nothing of it is left open, or the driver would give it out again. */
        static Opened of(DuckdbSession session) throws SQLException {
            try {
                lock(session);
                return new Opened(session, Loading.resident(session));
            } catch (SQLException | RuntimeException | Error e) {
                close(session);
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
                            hold, journal, sessions, resident, projector, new Reads(resident, sessions, projector)),
                    access,
                    memoryLimit,
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
        close(session);
        if (journal != null) {
            journal.close();
        }
        hold.close();
    }

    private static void close(@Nullable DuckdbSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            // Nothing was written through it that is not in the journal.
        }
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
                ? Journal.open(files.journal(), JournalOptions.defaults())
                : Journal.create(
                        files.journal(),
                        new Journal.Identity(newIncarnation, 1),
                        new Journal.Place(0, Head.empty().hash()),
                        JournalOptions.defaults());
    }

    /** The database, holding all that the journal says up to an entry, and nothing behind that. */
    private Opened database(Journal journal, long through) throws SQLException, JournalException {
        files.deleteUnfinished();
        if (Files.exists(files.database())) {
            DuckdbSession session = null;
            try {
                session = connect(files.database());
                requireSame(journal, Format.meta(session));
                catchUp(session, journal, through, entry -> {});
                return Opened.of(session);
            } catch (SQLException e) {
                close(session);
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
                close(session);
                throw e;
            }
        }
        files.setAsideLogAlone();
        return Opened.of(rebuilt(journal, through));
    }

    private DuckdbSession rebuilt(Journal journal, long through) throws SQLException, JournalException {
        DuckdbSession session = connect(files.unfinished());
        long all = through - journal.start().number();
        LongConsumer told = entry -> {
            if (all > 0) {
                rebuildListener.accept(
                        new RebuildProgress(entry - journal.start().number(), all));
            }
        };
        try {
            told.accept(journal.start().number());
            Format.create(session, journal.identity());
            catchUp(session, journal, through, told);
        } finally {
            session.close(); // Which writes everything into the file and takes DuckDB's log away.
        }
        files.nameUnfinished();
        return connect(files.database());
    }

    private DuckdbSession connect(Path file) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty(
                DuckDBDriver.JDBC_STREAM_RESULTS, "true"); // Else a result is held whole before its first row is given.
        DuckdbSession session = new DuckdbSession(
                DriverManager.getConnection("jdbc:duckdb:" + file, settings).unwrap(DuckDBConnection.class));
        try {
            session.execute("SET memory_limit = '" + memoryLimit + "B'");
            return session;
        } catch (SQLException e) {
            close(session);
            throw e;
        }
    }

    /** No statement reads or writes anything but this database from here on. */
    private static void lock(DuckdbSession session) throws SQLException {
        session.execute("SET autoinstall_known_extensions = false");
        session.execute("SET autoload_known_extensions = false");
        session.execute("SET allow_community_extensions = false");
        session.execute("SET enable_external_access = false");
        session.execute("SET lock_configuration = true");
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

    /** Writes what the database lacks up to an entry, and says after each part which entry is the newest that it holds. */
    private static void catchUp(DuckdbSession session, Journal journal, long last, LongConsumer through)
            throws SQLException, JournalException {
        Format.Meta meta = Format.meta(session);
        Map<Integer, StoreLayout> layouts = Format.layouts(session);
        List<Projection.Numbered> entries = new ArrayList<>();
        int rows = 0;
        Head from = meta.head();
        try (JournalReader reader = journal.read(meta.projected())) {
            for (JournalRecord record = reader.next();
                    record != null && record.number() <= last;
                    record = reader.next()) {
                Entry entry = EntryCodec.decode(record.payload(), layouts);
                if (entry instanceof Entry.Installed installed) {
                    layouts.put(installed.layout().id(), installed.layout());
                }
                entries.add(new Projection.Numbered(record.number(), entry));
                rows += entry.rows();
                if (rows >= ROWS_AT_ONCE) {
                    Projection.write(session, entries, from);
                    from = Format.meta(session).head();
                    through.accept(record.number());
                    entries.clear();
                    rows = 0;
                }
            }
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot read an entry of the journal, though its bytes are whole: " + e.getMessage()
                            + ". It may be of a newer version of RowKeep.",
                    e);
        }
        if (!entries.isEmpty()) {
            Projection.write(session, entries, from);
            through.accept(entries.get(entries.size() - 1).number());
        }
    }
}
