package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections that read. One is used by one thread at a time, from {@link #lease} to {@link #release}; there are as many as are
 * needed at once, and some are kept.
 */
final class Readers {
    private static final int MOST_IDLE = 8;

    private final Opener opener;
    private final Failures failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Session> idle = new ArrayDeque<>();
    private final Set<Session> open = new HashSet<>();
    private boolean isClosed;

    /** What is done with a connection. */
    @FunctionalInterface
    interface Reading<R> {
        R read(Session session) throws SQLException;
    }

    /** How another connection is opened. */
    @FunctionalInterface
    interface Opener {
        Session open() throws SQLException;
    }

    Readers(Opener opener, Failures failures) {
        this.opener = opener;
        this.failures = failures;
    }

    /** Lets {@code reading} read. */
    <R> R read(String action, Reading<R> reading) {
        Session session = lease(action);
        boolean isSound = false;
        try {
            R result = reading.read(session);
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

    /** Lets {@code reading} read several times as of one moment. */
    <R> R readTogether(String action, Reading<R> reading) {
        return read(action, session -> {
            session.execute("BEGIN");
            R result = reading.read(session);
            session.execute("COMMIT");
            return result;
        });
    }

    /** A connection for this thread only, until it is released or discarded. */
    Session lease(String action) {
        lock.lock();
        try {
            if (isClosed) {
                throw new StorageException(
                        Kind.PERMANENT, "Cannot " + action + ": the storage was closed. Open it again.", null);
            }
            Session session = idle.pollLast();
            if (session != null) {
                return session;
            }
        } finally {
            lock.unlock();
        }
        return openAnother(action);
    }

    private Session openAnother(String action) {
        try {
            Session session = opener.open();
            lock.lock();
            try {
                open.add(session);
            } finally {
                lock.unlock();
            }
            return session;
        } catch (SQLException e) {
            throw failures.of(action, e);
        }
    }

    /** Gives back a connection on which nothing is open. */
    void release(Session session) {
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

    /** Gives back a connection of which nothing is known. */
    void discard(Session session) {
        lock.lock();
        try {
            open.remove(session);
            idle.remove(session);
        } finally {
            lock.unlock();
        }
        close(session);
    }

    /** Closes all connections for good; reads under way fail. */
    void close() {
        List<Session> all;
        lock.lock();
        try {
            isClosed = true;
            all = new ArrayList<>(open);
            open.clear();
            idle.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(Readers::close);
    }

    private static void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            // It was only read from.
        }
    }
}
