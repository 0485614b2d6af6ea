package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of this process that writes. Its owner calls one method at a time; only {@link #head} may be called by any thread.
 *
 * <ul>
 *   <li>The head and the layouts are kept in memory, and read anew under the write lock if another process has written since.
 *   <li>After a commit whose outcome is unknown, nothing is written until {@link #reopen}.
 *   <li>A connection on which even the rollback failed is not used again: the next commit opens another.
 * </ul>
 */
final class Writer {
    private static final String ACTION = "commit";

    private final Connector connector;
    private final Catalog catalog;
    private final Failures failures;
    private final Coherence coherence;
    private final WriteLock writeLock;
    private @Nullable Session session;
    private boolean isInDoubt;
    private volatile Head head = Head.empty();

    /** What is written in one transaction. */
    @FunctionalInterface
    interface Writing {
        void write(Session session) throws SQLException;
    }

    Writer(Connector connector, WriteLock writeLock, Catalog catalog, Failures failures, Coherence coherence) {
        this.coherence = coherence;
        this.writeLock = writeLock;
        this.connector = connector;
        this.catalog = catalog;
        this.failures = failures;
    }

    /** The newest commit that this process knows of: its own last one, or that of another which it wrote after. */
    Head head() {
        return head;
    }

    /** Lets {@code work} decide under the write lock, and writes what it decided. */
    void commit(CommitWork work) {
        Session writing = begin();
        Head next;
        try {
            refresh(writing);
            WriterView view = new WriterView(writing, catalog, head, failures);
            view.prefetch(work.reads());
            CommitPlan plan = work.decide(view);
            view.requireSound();
            if (plan.isEmpty()) {
                rollback(writing);
                return;
            }
            next = new PlanWriter(writing, catalog, view).write(plan);
            coherence.begin(plan.writes());
        } catch (SQLException e) {
            writing.forgetStatements();
            rollback(writing);
            throw failures.of(ACTION, e);
        } catch (RuntimeException | Error e) {
            if (e.getCause() instanceof SQLException) {
                writing.forgetStatements(); // The one that failed would tell of it again when it is next used.
            }
            rollback(writing);
            throw e;
        }
        end(writing);
        head = next;
    }

    /** Writes in one durable transaction of its own. */
    void write(String action, Writing work) {
        write(action, work, () -> coherence.begin(List.of()));
    }

    /** Begins the log behind {@code start} in one durable transaction. */
    void beginLog(Head start, StartingRecords records) {
        Writing work = writing -> new StartingRows(writing, catalog, failures).write(start, records);
        write("begin the log", work, coherence::beginAll);
        head = start;
    }

    private void write(String action, Writing work, Runnable announcing) {
        Session writing = begin();
        try {
            refresh(writing);
            work.write(writing);
            announcing.run();
        } catch (SQLException e) {
            writing.forgetStatements();
            rollback(writing);
            throw failures.of(action, e);
        } catch (RuntimeException | Error e) {
            if (e.getCause() instanceof SQLException) {
                writing.forgetStatements();
            }
            rollback(writing);
            throw e;
        }
        end(writing);
    }

    /** Runs what changes nothing that anybody reads, and cannot be part of a transaction. */
    void outside(String action, Writing work) {
        requireSettled();
        try {
            work.write(connected());
        } catch (SQLException e) {
            Session failed = session;
            if (failed != null) {
                failed.forgetStatements();
            }
            throw failures.of(action, e);
        }
    }

    private void requireSettled() {
        if (isInDoubt) {
            throw new StorageException(
                    Kind.ROLLED_BACK,
                    "Cannot write: the outcome of an earlier commit is unknown. Nothing was written. Recover the storage"
                            + " first, or open it again.",
                    null);
        }
    }

    private Session connected() throws SQLException {
        Session writing = session;
        if (writing == null) {
            writing = connector.writer();
            session = writing;
        }
        return writing;
    }

    private Session begin() {
        requireSettled();
        try {
            Session writing = connected();
            writeLock.take(writing);
            return writing;
        } catch (SQLException e) {
            if (Failures.primary(e) != Failures.BUSY) {
                discard();
            }
            throw failures.of(ACTION, e);
        }
    }

    /**
     * Commits. SQLite says for certain that nothing was written only when another connection is in the way, and when the disk was full
     * before the commit's last frame was there; after any other failure, the frames may or may not be on the disk.
     */
    private void end(Session writing) {
        try {
            writing.execute("COMMIT");
            coherence.end();
        } catch (SQLException e) {
            int code = Failures.primary(e);
            boolean isCertain = code == Failures.FULL || code == Failures.BUSY;
            if (isCertain && (rollback(writing) || code == Failures.FULL)) {
                coherence.end();
                throw failures.of(ACTION, e);
            }
            isInDoubt = true;
            throw new StorageException(
                    Kind.UNKNOWN_OUTCOME,
                    "Nobody knows whether a commit was written: the database failed while committing. Recover the storage"
                            + " and look for the commit before writing it again.",
                    e);
        }
    }

    /** Ends the transaction with nothing written; false if there was none any more. */
    private boolean rollback(Session writing) {
        try {
            writing.execute("ROLLBACK");
            return true;
        } catch (SQLException e) {
            discard(); // Whatever is wrong with it: what was not committed goes with the connection.
            return false;
        }
    }

    /**
     * Opens the connection anew, settles what became of the last commit, and reads the head under the write lock.
     *
     * <p>SQLite's shared index of the log does not hold a commit that failed, and lives as long as any connection. The old connection is
     * therefore kept until the new one has committed durably over whatever the failed one left in the log: nobody ever reads it, and
     * no power cut brings it back. Had all connections been closed, the next one would have read it, unsynced.
     */
    Head reopen() {
        isInDoubt = true;
        Session old = session;
        if (old != null) {
            endQuietly(old);
        }
        Session fresh = null;
        try {
            fresh = connector.writer();
            writeLock.commitBehind(fresh);
            Format.checkpoint(fresh);
            writeLock.take(fresh);
            coherence.repair();
            Head found = LogRows.head(fresh);
            catalog.refresh(fresh);
            fresh.execute("ROLLBACK");
            discard();
            session = fresh;
            head = found;
            isInDoubt = false;
            return found;
        } catch (SQLException e) {
            close(fresh);
            throw failures.of("recover", e);
        }
    }

    /** Under the write lock: what other processes have written since this one last did. */
    private void refresh(Session writing) throws SQLException {
        if (!coherence.isLastWriter()) {
            head = LogRows.head(writing);
            catalog.refresh(writing);
        }
    }

    /** The transaction is over already, unless SQLite could not end it. */
    private static void endQuietly(Session session) {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            session.forgetStatements();
        }
    }

    /** Takes over a connection on which no transaction is open. */
    void start(Session opened) throws SQLException {
        session = opened;
        head = LogRows.head(opened);
    }

    /** Closes the connection. */
    void discard() {
        Session closing = session;
        session = null;
        close(closing);
    }

    private static void close(@Nullable Session session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            // What was acknowledged is in the write-ahead log; what was not goes with the connection.
        }
    }
}
