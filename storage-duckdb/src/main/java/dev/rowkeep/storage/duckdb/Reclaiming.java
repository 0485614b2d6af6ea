package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.duckdb.EntryEmptying.Marks;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import dev.rowkeep.storage.duckdb.journal.JournalReader;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes contents that were dropped out of the journal, one segment at a time from the oldest on; never out of the newest, to which records are
 * appended. A segment is written anew only if an eighth of it goes, so that a run that drops little each time does not write much each time. For
 * who holds the write lock.
 */
final class Reclaiming {
    private static final String ACTION = "take dropped contents out of the journal";
    private static final int LEAST_PART = 8;

    private final Journal journal;
    private final Sessions sessions;
    private final Resident resident;
    private final Projector projector;

    /** What was found in segments, by where they begin. */
    private final Map<Place, Looked> looked = new HashMap<>();

    /** Where the next segment begins, and the layouts there. */
    private Place place;

    private Map<Integer, StoreLayout> layouts = Map.of();

    /**
     * A segment that was looked at.
     *
     * @param layouts those at its end
     * @param marks how many there were
     */
    private record Looked(Map<Integer, StoreLayout> layouts, int marks) {}

    Reclaiming(Journal journal, Sessions sessions, Resident resident, Projector projector) {
        this.journal = journal;
        this.sessions = sessions;
        this.resident = resident;
        this.projector = projector;
        this.place = journal.start();
    }

    /** Goes on with the next segment, and says whether there may be more. */
    boolean next() {
        if (!resident.hasDroppedContents()) {
            return false;
        }
        projector.project();
        try {
            Optional<Place> end = journal.sealedEnd(place);
            while (end.isPresent()) {
                Marks marks = marks(place, end.get());
                Looked before = looked.get(place);
                boolean isKnown = before != null && before.marks() == marks.count();
                Looked now = isKnown ? before : look(end.get(), marks);
                if (now == null) {
                    break;
                }
                looked.put(place, now);
                layouts = now.layouts();
                place = end.get();
                if (!isKnown) {
                    return true;
                }
                end = journal.sealedEnd(place);
            }
        } catch (JournalException e) {
            throw sessions.failures().of(ACTION, e);
        }
        place = journal.start();
        layouts = Map.of();
        return false;
    }

    /** Writes the segment anew if that is worth it; null if it is, and somebody just reads the journal. */
    private @Nullable Looked look(Place end, Marks marks) throws JournalException {
        EntryEmptying trial = new EntryEmptying(layouts, marks);
        long bytes = 0;
        long kept = 0;
        try (JournalReader reader = journal.read(place.number())) {
            for (long number = place.number(); number < end.number(); number++) {
                JournalRecord record = reader.next();
                if (record == null) {
                    throw new IllegalStateException("The journal ends within a segment that another follows");
                }
                bytes += record.payload().length;
                kept += trial.payload(record).length;
            }
        }
        boolean isWorthIt = (bytes - kept) * LEAST_PART >= bytes && kept < bytes;
        if (isWorthIt && !journal.rewriteSealed(place, new EntryEmptying(layouts, marks))) {
            return null;
        }
        return new Looked(trial.layouts(), marks.count());
    }

    private Marks marks(Place from, Place to) {
        return sessions.inTransaction(ACTION, session -> {
            long last = sequence(session, to.hash(), Format.start(session).sequence());
            return Marks.of(session, sequence(session, from.hash(), 0), last);
        });
    }

    /** The commit with a hash; {@code otherwise} if the log does not have it. */
    private static long sequence(DuckdbSession session, byte[] hash, long otherwise) throws SQLException {
        PreparedStatement query = session.prepared("SELECT sequence FROM rowkeep_commits WHERE hash = ?");
        query.setBytes(1, hash);
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : otherwise;
        }
    }
}
