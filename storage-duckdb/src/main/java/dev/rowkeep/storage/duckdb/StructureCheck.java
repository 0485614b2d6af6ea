package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import dev.rowkeep.storage.duckdb.journal.JournalReader;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Finds what is wrong with the database as the journal and what is resident tell it. Reads everything. */
final class StructureCheck {
    private StructureCheck() {}

    static Optional<String> firstFault(Journal journal, Sessions sessions, Resident resident) {
        return sessions.inTransaction("check", session -> {
            long through = Format.meta(session).projected();
            long start = Format.start(session).sequence();
            for (StoreLayout layout : Format.layouts(session).values()) {
                Optional<String> fault = versionsFault(session, resident.store(layout.id()));
                if (fault.isEmpty()) {
                    fault = historyFault(session, new HistoryTable(layout), start);
                }
                if (fault.isPresent()) {
                    return fault;
                }
            }
            return logFault(session, journal, start, through);
        });
    }

    /** Rows that are there twice, or are not those whose versions are resident. */
    private static Optional<String> versionsFault(DuckdbSession session, ResidentStore store) throws SQLException {
        StoreTable table = store.table();
        long twice = session.number(session.prepared("SELECT count(*) - count(DISTINCT k) FROM (SELECT "
                + table.key() + "::VARCHAR AS k FROM " + table.name()
                + " UNION ALL SELECT key FROM rowkeep_tombstones WHERE store = "
                + store.layout().id() + ")"));
        return twice == 0
                ? Optional.empty()
                : Optional.of("store " + store.layout().name() + " holds " + twice + " keys more than once");
    }

    /** The typed history against the log and the records; each of its rows is read whole, so that DuckDB checks what it holds. */
    private static Optional<String> historyFault(DuckdbSession session, HistoryTable table, long start)
            throws SQLException {
        session.number(session.prepared(table.readWhole()));
        long apart = session.number(session.prepared(table.countApartFromLog(start)))
                + session.number(session.prepared(table.countApartFromStart(start)))
                + session.number(session.prepared(table.countApartFromRecords()));
        return apart == 0
                ? Optional.empty()
                : Optional.of("the history of store " + table.storeName() + " differs in " + apart
                        + " rows from the log or the records");
    }

    /** The commits of the journal behind {@code start}, one after the other, against those of the database. */
    private static Optional<String> logFault(DuckdbSession session, Journal journal, long start, long through)
            throws SQLException {
        Map<Integer, StoreLayout> layouts = new TreeMap<>();
        Map<Integer, Long> contentsDropped = new TreeMap<>();
        PreparedStatement commits = session.prepared(
                "SELECT sequence, epoch_us(time), author, origin, reason, correlation, hash FROM rowkeep_commits ORDER BY sequence");
        try (JournalReader reader = journal.read(journal.start().number());
                ResultSet row = commits.executeQuery()) {
            for (JournalRecord record = reader.next();
                    record != null && record.number() <= through;
                    record = reader.next()) {
                Entry entry = EntryCodec.decode(record.payload(), layouts);
                if (entry instanceof Entry.Installed installed) {
                    layouts.put(installed.layout().id(), installed.layout());
                } else if (entry instanceof Entry.ContentsDropped dropped) {
                    dropped.through().forEach((store, last) -> contentsDropped.merge(store, last, Math::max));
                } else if (entry instanceof Entry.Committed committed) {
                    for (LoggedCommit commit : committed.commits()) {
                        if (commit.header().sequence() > start && (!row.next() || !isSame(row, commit))) {
                            return Optional.of("commit " + commit.header().sequence()
                                    + " of the journal is not the one in the database");
                        }
                    }
                }
            }
            if (row.next()) {
                return Optional.of("the database holds commits that the journal does not");
            }
            return contentsDropped.equals(DroppedContents.through(session))
                    ? Optional.empty()
                    : Optional.of("the database says of other commits than the journal that contents were dropped");
        } catch (JournalException e) {
            return Optional.of("the journal is damaged: " + e.getMessage());
        } catch (IOException e) {
            return Optional.of("an entry of the journal cannot be read: " + e.getMessage());
        }
    }

    private static boolean isSame(ResultSet row, LoggedCommit commit) throws SQLException {
        LoggedHeader header = commit.header();
        return row.getLong(1) == header.sequence()
                && row.getLong(2) == header.timeMicros()
                && header.author().name().equals(row.getString(3))
                && header.author().origin().name().equals(row.getString(4))
                && Objects.equals(row.getString(5), header.reason())
                && Objects.equals(row.getString(6), header.correlationId())
                && Arrays.equals(row.getBytes(7), commit.hash());
    }
}
