package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a database, creating it where that is wanted. Either the storage comes out, durable in all that it will answer, or an exception,
 * and then what was created is gone, but for the lock file.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStorage.class);
    private static final String ACTION = "open the database";

    private final DatabaseFile file;
    private final StoreLock.Mode mode;
    private final Access access;
    private final UUID newIncarnation;
    private final Failures failures;
    private final Connector connector;

    /** Opens {@code file}; a log that is made there is called {@code newIncarnation}. */
    Opening(DatabaseFile file, Duration busyTimeout, StoreLock.Mode mode, Access access, UUID newIncarnation) {
        this.file = file;
        this.mode = mode;
        this.access = access;
        this.newIncarnation = newIncarnation;
        this.failures = new Failures(file.path());
        this.connector = new Connector(file.path(), busyTimeout);
    }

    Storage open() {
        if (access == Access.READ_ONLY && !file.exists()) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot open " + file.path()
                            + " for reading: it is not there. Give the path of a storage, or open it with"
                            + " READ_WRITE to create it.",
                    null);
        }
        file.warnOfNetwork();
        StoreLock lock = StoreLock.acquire(file, mode, access, connector.busyTimeout());
        boolean isMade = false;
        Storage storage = null;
        try {
            if (!file.exists()) {
                file.create();
                isMade = true; // Only now: what was there already is not ours to take away.
            }
            storage = open(lock);
            lock.opened();
            return storage;
        } finally {
            if (storage == null) {
                if (isMade) {
                    file.discard();
                }
                lock.close();
            }
        }
    }

    private Storage open(StoreLock lock) {
        boolean hasLeftLog = file.walBytes() > 0;
        if (hasLeftLog) {
            file.syncLeftLog();
        }
        Catalog catalog = new Catalog();
        WriteLock writeLock = new WriteLock(lock.turnstile(), connector.busyTimeout());
        Storage storage = null;
        Session session = null;
        Coherence coherence = null;
        try {
            session = connector.writer();
            requireOurs(session);
            Format.Identity identity = Format.identity(session, file.path());
            boolean isFirst = lock.isFirst();
            if (hasLeftLog) {
                makeDurable(session, isFirst, writeLock);
            }
            coherence = coherence(session, isFirst);
            catalog.refresh(session);
            Writer writer = new Writer(connector, writeLock, catalog, failures, coherence);
            writer.start(session);
            if (access == Access.READ_ONLY) {
                writer.discard();
            }
            Erasure erasure = new Erasure(writer, writeLock, catalog, file.path(), connector.busyTimeout());
            Readers readers = new Readers(connector::reader, failures);
            Readers sqlReaders = new Readers(connector::sqlReader, failures);
            Readers copiers = new Readers(connector::copier, failures);
            storage = new OpenSqlite(
                    new OpenSqlite.Parts(
                            lock, catalog, readers, sqlReaders, copiers, writer, erasure, failures, coherence),
                    access,
                    identity,
                    file.sibling(".snapshots"));
            return storage;
        } catch (SQLException e) {
            throw failures.of(ACTION, e);
        } finally {
            if (storage == null && coherence != null) {
                coherence.close();
            }
            if (storage == null && session != null) {
                close(session);
            }
        }
    }

    private Coherence coherence(Session session, boolean isFirst) throws SQLException {
        if (mode == StoreLock.Mode.EXCLUSIVE) {
            return new AloneCoherence();
        }
        CountersAtOpen counters = new CountersAtOpen(file, connector);
        return isFirst ? counters.first(session) : counters.joining(session);
    }

    /** Makes the tables if the database is empty, and refuses it if it is somebody else's. */
    private void requireOurs(Session session) throws SQLException {
        Format.Owner owner = Format.owner(session);
        if (owner == Format.Owner.SOMEBODY_ELSE) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot open " + file.path()
                            + ": it is a SQLite database with tables that are not RowKeep's. Nothing was"
                            + " changed. Give the path of a file of its own.",
                    null);
        }
        if (owner == Format.Owner.NOBODY && access == Access.READ_ONLY) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot open " + file.path()
                            + " for reading: it is empty. Open it with READ_WRITE to make a storage of it.",
                    null);
        }
        if (owner == Format.Owner.NOBODY) {
            FreePages.allowReleasing(session);
        }
        requireWal(session);
        if (owner == Format.Owner.NOBODY) {
            Format.create(session, newIncarnation);
            file.syncDirectory();
        }
        if (access == Access.READ_WRITE) {
            Format.complete(session);
        }
    }

    /**
     * Makes everything durable that will be read. What SQLite finds in a write-ahead log that a process left may never have been synced,
     * and its recovery syncs nothing. The file was synced before; but if that process had met a failed sync, the system may take pages for
     * written that are not, so that all is written anew into the database file, or at least a commit put behind it where a reader of
     * another process is in the way. A full disk must not keep anybody from reading.
     *
     * <p>Where other processes have the database open they have done all that, and go on syncing what they commit; but one that
     * was killed a moment ago may have left something unsynced that nobody but this connection has read. A commit behind it is enough.
     */
    private void makeDurable(Session session, boolean isFirst, WriteLock writeLock) throws SQLException {
        try {
            if (!isFirst || !Format.checkpoint(session)) {
                writeLock.commitBehind(session);
            }
        } catch (SQLException e) {
            if (Failures.primary(e) != Failures.FULL) {
                throw e;
            }
            session.forgetStatements();
            LOG.warn("{} was opened on a full disk: make space before writing", file.path());
        }
    }

    private void requireWal(Session session) throws SQLException {
        try (ResultSet mode = session.prepared("PRAGMA journal_mode = WAL").executeQuery()) {
            if (!mode.next() || !"wal".equals(mode.getString(1))) {
                throw new StorageException(
                        Kind.PERMANENT,
                        "Cannot open " + file.path()
                                + ": SQLite cannot keep a write-ahead log here, so nothing would be"
                                + " durable. Use a local disk.",
                        null);
            }
        }
    }

    private static void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            // The failure that led here is the one to report.
        }
    }
}
