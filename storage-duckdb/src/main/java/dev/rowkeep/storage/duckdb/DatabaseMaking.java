package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import dev.rowkeep.storage.duckdb.journal.JournalReader;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * Connects to databases, and makes them of a journal.
 *
 * @param memoryLimit what DuckDB may use for each, in bytes
 */
record DatabaseMaking(long memoryLimit) {
    /** How many rows are brought in with one transaction. */
    private static final int ROWS_AT_ONCE = 65_536;

    /** Makes a database that holds all that the journal says up to an entry, as a file without DuckDB's log, and says how far it is. */
    void make(Path file, Journal journal, long through, LongConsumer told) throws SQLException, JournalException {
        try (DuckdbSession session =
                connect(file)) { // Closing writes everything into the file and takes DuckDB's log away.
            told.accept(journal.start().number());
            Format.create(session, journal.identity());
            catchUp(session, journal, through, told);
        }
    }

    DuckdbSession connect(Path file) throws SQLException {
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
    static void lock(DuckdbSession session) throws SQLException {
        session.execute("SET autoinstall_known_extensions = false");
        session.execute("SET autoload_known_extensions = false");
        session.execute("SET allow_community_extensions = false");
        session.execute("SET enable_external_access = false");
        session.execute("SET lock_configuration = true");
    }

    /** Writes what the database lacks up to an entry, and says after each part which entry is the newest that it holds. */
    static void catchUp(DuckdbSession session, Journal journal, long last, LongConsumer through)
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

    static void close(@Nullable DuckdbSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            // Nothing was written through it that is not in the journal.
        }
    }
}
