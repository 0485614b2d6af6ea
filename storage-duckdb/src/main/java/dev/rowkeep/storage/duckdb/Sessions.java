package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections to the database. One is used by one thread at a time, from {@link #lease} to {@link #release}; there are as many as
 * are needed at once, and some are kept.
 */
final class Sessions {
    private static final int MOST_IDLE = 8;
    private static final String OPEN_ANEW = "open the database anew";

    private final Failures failures;
    private final ReentrantLock lock = new ReentrantLock();
    private DuckdbSession first;
    private final Deque<DuckdbSession> idle = new ArrayDeque<>();
    private final Set<DuckdbSession> open = new HashSet<>();

    /** In use, of databases in whose place another has come since. */
    private final Set<DuckdbSession> outlived = new HashSet<>();

    private boolean isClosed;

    /** What is done with a connection. */
    @FunctionalInterface
    interface Use<R> {
        R with(DuckdbSession session) throws SQLException;
    }

    /** Opens the database anew, when no connection to it is left. */
    @FunctionalInterface
    interface Opener {
        DuckdbSession open() throws SQLException, JournalException;
    }

    /** The connections beside {@code first}, from which they are made. */
    Sessions(DuckdbSession first, Failures failures) {
        this.first = first;
        this.failures = failures;
    }

    Failures failures() {
        return failures;
    }

    /** Lets {@code use} read or write. */
    <R> R use(String action, Use<R> use) {
        DuckdbSession session = lease(action);
        boolean isSound = false;
        try {
            R result = use.with(session);
            isSound = true;
            return result;
        } catch (SQLException e) {
            throw failures.of(action, e);
        } finally {
            if (isSound) {
                release(session);
            } else {
                discard(session);
            }
        }
    }

    /** Lets {@code use} do several things in one transaction. */
    <R> R inTransaction(String action, Use<R> use) {
        return use(action, session -> {
            session.execute("BEGIN TRANSACTION");
            R result = use.with(session);
            session.execute("COMMIT");
            return result;
        });
    }

    /** Whether no connection works any more, nor will. */
    boolean areLost() {
        return failures.isInstanceLost();
    }

    /** Closes all connections and goes on with one that {@code opener} makes; what is under way on them fails. */
    void replace(Opener opener) {
        lock.lock();
        try {
            requireOpen(OPEN_ANEW);
            closeAll();
            first = opener.open();
            failures.instanceIsReplaced();
        } catch (SQLException e) {
            throw failures.of(OPEN_ANEW, e);
        } catch (JournalException e) {
            throw failures.of(OPEN_ANEW, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on with another database when {@code taking} has put it in the place of the one before. What is under way on that one comes to its
     * end there, and it goes with the last of it.
     *
     * @param other the first connection to the other database, left to the caller if this fails
     * @param taking an exception of its own passes, and all is as before
     */
    void goOnWith(DuckdbSession other, Runnable taking) {
        List<DuckdbSession> unused;
        lock.lock();
        try {
            requireOpen(OPEN_ANEW);
            taking.run();
            unused = new ArrayList<>(idle);
            unused.add(first);
            idle.forEach(open::remove);
            idle.clear();
            outlived.addAll(open);
            open.clear();
            first = other;
            failures.instanceIsReplaced();
        } finally {
            lock.unlock();
        }
        unused.forEach(Sessions::close);
    }

    private void requireOpen(String action) {
        if (isClosed) {
            throw new StorageException(
                    Kind.PERMANENT, "Cannot " + action + ": the storage was closed. Open it again.", null);
        }
    }

    private void closeAll() {
        open.forEach(Sessions::close);
        open.clear();
        outlived.forEach(
                Sessions::close); // One that is still open under the database's name would be given out as the new one.
        outlived.clear();
        idle.clear();
        close(first);
    }

    /** A connection for this thread only, until it is released or discarded. */
    DuckdbSession lease(String action) {
        lock.lock();
        try {
            requireOpen(action);
            DuckdbSession session = idle.pollLast();
            if (session == null) {
                session = first.another();
                open.add(session);
            }
            return session;
        } catch (SQLException e) {
            throw failures.of(action, e);
        } finally {
            lock.unlock();
        }
    }

    /** Gives back a connection on which nothing is open. */
    void release(DuckdbSession session) {
        lock.lock();
        try {
            if (!isClosed && open.contains(session) && idle.size() < MOST_IDLE) {
                idle.addLast(session);
                return;
            }
        } finally {
            lock.unlock();
        }
        discard(session);
    }

    /** Gives back a connection of which nothing is known; a transaction that is open on it is rolled back. */
    void discard(DuckdbSession session) {
        lock.lock();
        try {
            open.remove(session);
            outlived.remove(session);
        } finally {
            lock.unlock();
        }
        close(session);
    }

    /** Closes all connections for good; what is under way on them fails. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            closeAll();
        } finally {
            lock.unlock();
        }
    }

    private static void close(DuckdbSession session) {
        try {
            session.close();
        } catch (SQLException e) {
            // What was committed is there, and in the journal; what was not is gone with it.
        }
    }
}
