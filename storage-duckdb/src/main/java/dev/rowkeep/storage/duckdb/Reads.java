package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads that put what is in the database and what is not yet there together. */
final class Reads {
    private static final String READ = "read";
    private static final String READ_LOG = "read the log";

    private final Resident resident;
    private final Sessions sessions;
    private final Projector projector;

    Reads(Resident resident, Sessions sessions, Projector projector) {
        this.resident = resident;
        this.sessions = sessions;
        this.projector = projector;
    }

    /** The image of a record, a tombstone included; null if the key was never used. */
    @Nullable
    Image one(StoreTable table, Object key) {
        record Known(boolean isUsed, @Nullable Image image) {}
        ResidentStore store = resident.store(table.layout().id());
        Known known = resident.reading(() -> new Known(store.version(key) > 0, store.unprojected(key)));
        if (!known.isUsed() || known.image() != null) {
            return known.image();
        }
        projector.revive();
        Optional<Image> live = sessions.use(READ, session -> ImageRows.live(session, table, key));
        if (live.isPresent()) {
            return live.get();
        }
        // In one transaction, because a record can come back between two.
        List<Image> found = fromDatabase(table, List.of(key));
        return found.isEmpty() ? null : found.get(0);
    }

    /** The images of those of {@code keys} that the database holds, as of one moment. */
    List<Image> fromDatabase(StoreTable table, Collection<Object> keys) {
        projector.revive();
        return sessions.inTransaction(READ, session -> ImageRows.readAll(session, table, keys));
    }

    List<LoggedCommit> commitsAfter(long after, int most) {
        return asOfOneLog(backlog -> commitsAfter(after, most, backlog));
    }

    /**
     * Reads again if meanwhile commits were dropped, which may be missing in what was found, and what follows them too; or if it was erased from
     * the past or contents of changes were dropped, so that what was known before may stand behind what is gone.
     */
    <R> R asOfOneLog(Function<Resident.Backlog, R> read) {
        projector.revive();
        Resident.Backlog backlog = backlog();
        R found = read.apply(backlog);
        while (resident.start().sequence() != backlog.start().sequence() || resident.erasures() != backlog.erasures()) {
            backlog = backlog();
            found = read.apply(backlog);
        }
        return found;
    }

    /** What the database lacks, when it lacks no dropping of contents: what stands in their place is told by the database only. */
    private Resident.Backlog backlog() {
        Resident.Backlog backlog = resident.backlog();
        while (backlog.dropsContents()) {
            projector.project();
            backlog = resident.backlog();
        }
        return backlog;
    }

    private List<LoggedCommit> commitsAfter(long after, int most, Resident.Backlog backlog) {
        long sequence = Math.max(backlog.start().sequence(), after);
        long through = backlog.from().sequence();
        List<LoggedCommit> commits = new ArrayList<>();
        if (sequence < through && most > 0) {
            long last = most < through - sequence ? sequence + most : through;
            commits.addAll(sessions.use(
                    READ_LOG, session -> LogRows.commits(session, resident.layoutsById(), sequence, last)));
        }
        for (LoggedCommit commit : backlog.commitsAfter(sequence)) {
            if (commits.size() >= most) {
                break;
            }
            commits.add(commit);
        }
        return commits;
    }

    List<LoggedChange> changesAfter(int store, long after, int most) {
        return asOfOneLog(backlog -> changesAfter(store, after, most, backlog));
    }

    private List<LoggedChange> changesAfter(int store, long after, int most, Resident.Backlog backlog) {
        long sequence = Math.max(backlog.start().sequence(), after);
        long through = backlog.from().sequence();
        List<LoggedChange> changes = new ArrayList<>();
        if (sequence < through) {
            changes.addAll(sessions.use(
                    READ_LOG,
                    session -> LogRows.changes(session, resident.layoutsById(), store, sequence, through, most)));
        }
        for (LoggedChange change : backlog.changesAfter(store, sequence)) {
            if (changes.size() >= most) {
                break;
            }
            changes.add(change);
        }
        return changes;
    }
}
