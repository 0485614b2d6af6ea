package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.storage.sqlite.counters.CounterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the file of counters when a database is opened to be shared. The database names the file by its random id, so that all processes
 * use the same one, or none does. Only who is the first to have the database open may replace it or do without it; who joins takes what
 * there is or is refused.
 */
final class CountersAtOpen {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStorage.class);

    private final DatabaseFile file;
    private final Connector connector;
    private final Path path;

    CountersAtOpen(DatabaseFile file, Connector connector) {
        this.file = file;
        this.connector = connector;
        this.path = file.sibling(".counters");
    }

    /** For the first to have the database open: nobody else has anything in memory. */
    Coherence first(Session session) throws SQLException {
        Optional<String> named = Format.counters(session);
        try {
            Optional<CounterFile> kept = CounterFile.open(path).filter(counters -> isNamed(named, counters));
            CounterFile counters = kept.isPresent() ? kept.get() : CounterFile.create(path, DatabaseFile.ownerOnly());
            if (kept.isEmpty()) {
                Format.setCounters(session, Optional.of(counters.id().toString()));
            }
            counters.repairAll();
            return new CountedCoherence(counters);
        } catch (IOException e) {
            warn(e);
        } catch (SQLException e) {
            if (Failures.primary(e) != Failures.FULL) {
                throw e;
            }
            session.forgetStatements();
            warn(e);
        }
        if (named.isPresent()) {
            doWithout(session);
        }
        return new VersionedCoherence(connector.reader());
    }

    private void warn(Exception cause) {
        LOG.warn(
                "{} cannot be made or mapped ({}). Cached reads of {} will ask SQLite whether other processes have committed,"
                        + " which is slower. Check the directory and the space, then open the storage again",
                path,
                cause.getClass().getSimpleName(),
                file.path());
    }

    /** Nobody who joins may count on a file that this process does not. On a full disk, what the database names must be gone. */
    private void doWithout(Session session) throws SQLException {
        try {
            Format.setCounters(session, Optional.empty());
        } catch (SQLException e) {
            session.forgetStatements();
            try {
                Files.deleteIfExists(path);
            } catch (IOException failed) {
                e.addSuppressed(failed);
                throw e;
            }
        }
    }

    /** For who comes while another process has the database open and may have much in memory. */
    Coherence joining(Session session) throws SQLException {
        Optional<String> named = Format.counters(session);
        if (named.isEmpty()) {
            LOG.warn(
                    "Processes that share {} do without a file of counters; cached reads ask SQLite whether others have committed,"
                            + " which is slower",
                    file.path());
            return new VersionedCoherence(connector.reader());
        }
        try {
            Optional<CounterFile> found = CounterFile.open(path).filter(counters -> isNamed(named, counters));
            if (found.isPresent()) {
                return new CountedCoherence(found.get());
            }
        } catch (IOException e) {
            throw refusal("cannot be mapped (" + e.getClass().getSimpleName() + ")", e);
        }
        throw refusal("is missing or another one than the database names", null);
    }

    private StorageException refusal(String what, @Nullable IOException cause) {
        return new StorageException(
                Kind.PERMANENT,
                "Cannot open " + file.path() + " together with the processes that have it open: " + path
                        + ", by which they tell each other's caches of changes, " + what
                        + ". Close the storage in all processes; who opens it next makes the file anew.",
                cause);
    }

    private static boolean isNamed(Optional<String> named, CounterFile counters) {
        return named.filter(counters.id().toString()::equals).isPresent();
    }
}
