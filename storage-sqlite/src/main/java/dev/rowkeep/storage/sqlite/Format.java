package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables and views that every database has, as {@code docs/storage-format.md} says. */
final class Format {
    static final int VERSION = 1;

    /** "RwKp", where the file's header names its application. */
    private static final int APPLICATION_ID = 0x52774B70;

    /** A commit that changes nothing that anybody reads, and so syncs the write-ahead log up to and with it. */
    static final String DURABLE_COMMIT = "UPDATE rowkeep_meta SET recoveries = recoveries + 1";

    private static final List<String> SCHEMA =
            List.of("""
            CREATE TABLE rowkeep_meta (
              id INTEGER PRIMARY KEY CHECK (id = 1),
              format INTEGER NOT NULL,
              incarnation TEXT NOT NULL,
              epoch INTEGER NOT NULL,
              recoveries INTEGER NOT NULL,
              layouts INTEGER NOT NULL,
              counters TEXT
            ) STRICT""", """
            CREATE TABLE rowkeep_stores (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE COLLATE NOCASE
            ) STRICT""", """
            CREATE TABLE rowkeep_columns (
              store INTEGER NOT NULL,
              id INTEGER NOT NULL,
              place INTEGER NOT NULL,
              name TEXT NOT NULL,
              kind TEXT NOT NULL,
              digits INTEGER,
              scale INTEGER,
              names TEXT,
              sensitivity TEXT NOT NULL DEFAULT 'ORDINARY',
              PRIMARY KEY (store, id)
            ) STRICT, WITHOUT ROWID""", """
            CREATE TABLE rowkeep_indexes (
              store INTEGER NOT NULL,
              place INTEGER NOT NULL,
              columns TEXT NOT NULL,
              uniqueness TEXT NOT NULL,
              PRIMARY KEY (store, place)
            ) STRICT, WITHOUT ROWID""", """
            CREATE TABLE rowkeep_tombstones (
              store INTEGER NOT NULL,
              key ANY NOT NULL,
              version INTEGER NOT NULL,
              change INTEGER NOT NULL,
              by TEXT NOT NULL,
              origin INTEGER NOT NULL,
              at INTEGER NOT NULL,
              user_by TEXT,
              user_at INTEGER,
              PRIMARY KEY (store, key)
            ) STRICT, WITHOUT ROWID""", """
            CREATE TABLE rowkeep_log (
              id INTEGER PRIMARY KEY,
              store INTEGER NOT NULL,
              key ANY NOT NULL,
              version INTEGER NOT NULL,
              kind INTEGER NOT NULL,
              previous INTEGER NOT NULL,
              time INTEGER,
              author TEXT,
              origin INTEGER,
              reason TEXT,
              correlation TEXT,
              hash BLOB,
              delta BLOB NOT NULL,
              image BLOB
            ) STRICT""", """
            CREATE VIEW rowkeep_commits AS
              SELECT id >> 20 AS sequence, time, author, origin, reason, correlation, hash
              FROM rowkeep_log WHERE hash IS NOT NULL""", """
            CREATE VIEW rowkeep_changes AS
              SELECT c.id, c.id >> 20 AS sequence, c.store, c.key, c.version, c.kind, c.previous,
                m.time, m.author, m.origin, m.reason, m.correlation, c.delta, c.image
              FROM rowkeep_log c JOIN rowkeep_log m ON m.id = c.id >> 20 << 20""", """
            CREATE TABLE rowkeep_checkpoints (
              store INTEGER NOT NULL,
              key ANY NOT NULL,
              version INTEGER NOT NULL,
              id INTEGER NOT NULL,
              PRIMARY KEY (store, key, version)
            ) STRICT, WITHOUT ROWID""", Requests.TABLE, LogStart.TABLE, DroppedContents.TABLE);

    private Format() {}

    /** Which log this is. */
    record Identity(UUID incarnation, long epoch) {}

    /** Whether the database is one of RowKeep's, nothing at all, or somebody else's. */
    enum Owner {
        ROWKEEP,
        NOBODY,
        SOMEBODY_ELSE
    }

    static Owner owner(Session session) throws SQLException {
        long tables = session.number(session.prepared("SELECT count(*) FROM sqlite_schema"), 0);
        if (tables == 0) {
            return Owner.NOBODY;
        }
        long ours = session.number(
                session.prepared("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'rowkeep_meta'"),
                0);
        return ours == 1 ? Owner.ROWKEEP : Owner.SOMEBODY_ELSE;
    }

    /** Makes all tables in one transaction, after a crash in which there is either none or all of them. */
    static void create(Session session, UUID incarnation) throws SQLException {
        session.execute("BEGIN IMMEDIATE");
        session.execute("PRAGMA application_id = " + APPLICATION_ID);
        for (String statement : SCHEMA) {
            session.execute(statement);
        }
        PreparedStatement meta = session.prepared("INSERT INTO rowkeep_meta VALUES (1, ?, ?, 1, 0, 0, NULL)");
        meta.setInt(1, VERSION);
        meta.setString(2, incarnation.toString());
        meta.executeUpdate();
        session.execute("COMMIT");
    }

    /** Makes what databases of the same format did not have at first. Costs nothing where it is there. */
    static void complete(Session session) throws SQLException {
        session.execute(Requests.TABLE);
        session.execute(LogStart.TABLE);
        session.execute(DroppedContents.TABLE);
        LayoutRows.complete(session);
    }

    /**
     * The database's identity.
     *
     * @throws StorageException {@code PERMANENT} if it was written by a newer version of RowKeep
     */
    static Identity identity(Session session, Path file) throws SQLException {
        try (ResultSet meta = session.prepared("SELECT format, incarnation, epoch FROM rowkeep_meta WHERE id = 1")
                .executeQuery()) {
            if (!meta.next()) {
                throw new StorageException(
                        Kind.PERMANENT,
                        "Cannot open " + file + ": its table rowkeep_meta is empty. Restore a backup.",
                        null);
            }
            int format = meta.getInt(1);
            if (format != VERSION) {
                throw new StorageException(
                        Kind.PERMANENT,
                        "Cannot open " + file + ": its format is version " + format + ", this RowKeep knows version "
                                + VERSION + ". Use the RowKeep version that wrote it, or a newer one.",
                        null);
            }
            return identity(meta.getString(2), meta.getLong(3));
        }
    }

    /** How often a layout was installed; who knows the layouts as of a number need not read them as long as it is the same. */
    static long layouts(Session session) throws SQLException {
        return session.number(session.prepared("SELECT layouts FROM rowkeep_meta WHERE id = 1"), 0);
    }

    /** Takes note that a layout was installed, in the transaction that installs it. */
    static void countLayout(Session session) throws SQLException {
        session.execute("UPDATE rowkeep_meta SET layouts = layouts + 1");
    }

    /** The id of the file of counters that processes share; empty if they do without. */
    static Optional<String> counters(Session session) throws SQLException {
        try (ResultSet row = session.prepared("SELECT counters FROM rowkeep_meta WHERE id = 1")
                .executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    /** Names the file of counters. */
    static void setCounters(Session session, Optional<String> id) throws SQLException {
        PreparedStatement update = session.prepared("UPDATE rowkeep_meta SET counters = ?");
        update.setString(1, id.orElse(null));
        update.executeUpdate();
    }

    private static Identity identity(String incarnation, long epoch) throws SQLDataException {
        try {
            if (epoch > 0) {
                return new Identity(UUID.fromString(incarnation), epoch);
            }
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("The incarnation in rowkeep_meta is no UUID", e);
        }
        throw new SQLDataException("The epoch in rowkeep_meta is not positive");
    }

    /** Writes everything that is in the write-ahead log into the database file, synced; false if a reader was in the way. */
    static boolean checkpoint(Session session) throws SQLException {
        try (ResultSet row = session.prepared("PRAGMA wal_checkpoint(TRUNCATE)").executeQuery()) {
            return row.next() && row.getInt(1) == 0;
        }
    }
}
