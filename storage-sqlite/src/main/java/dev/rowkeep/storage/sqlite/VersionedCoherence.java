package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Capabilities.Sharing;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.RowWrite;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * SQLite is asked whether anything at all was committed, on a connection that does nothing else: right, but a call into SQLite for every
 * read, and every commit makes all copies old. For where a file cannot be mapped.
 */
final class VersionedCoherence implements Coherence, ChangeStamps {
    private final Session session;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean isClosed;

    VersionedCoherence(Session session) {
        this.session = session;
    }

    @Override
    public Sharing sharing() {
        return Sharing.SEVERAL_PROCESSES;
    }

    @Override
    public Optional<ChangeStamps> stamps(int storeId) {
        return Optional.of(this);
    }

    /** A number that is another one after every commit of another connection; nothing is kept where it cannot be had. */
    @Override
    public long stamp(Object key) {
        lock.lock();
        try {
            return isClosed ? UNSETTLED : session.number(session.prepared("PRAGMA data_version"), UNSETTLED);
        } catch (SQLException e) {
            session.forgetStatements();
            return UNSETTLED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCurrent(Object key, long stamp) {
        return stamp != UNSETTLED && stamp(key) == stamp;
    }

    /** The number after a commit of ours may be that of another process's commit after it. */
    @Override
    public long committedStamp(Object key) {
        return UNSETTLED;
    }

    @Override
    public long logStamp() {
        return UNSETTLED;
    }

    @Override
    public boolean isLogUntouched(long stamp) {
        return false;
    }

    @Override
    public boolean isLastWriter() {
        return false;
    }

    @Override
    public void begin(List<RowWrite> writes) {}

    @Override
    public void beginAll() {}

    @Override
    public void end() {}

    @Override
    public void repair() {}

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            session.close();
        } catch (SQLException e) {
            // It was only read from.
        } finally {
            lock.unlock();
        }
    }
}
