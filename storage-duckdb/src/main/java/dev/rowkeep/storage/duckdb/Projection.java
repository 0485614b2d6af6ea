package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoredRequest;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.user.DuckDBUserArray;

/**
 * Writes entries into the database: the log is appended, and of each record only its newest image, however often it has changed in
 * between. One transaction, which also says up to which entry the database now holds all, so that a crash leaves it at the end of some
 * projection and the rest in the journal.
 */
final class Projection {
    /** How many keys one statement deletes. */
    private static final int KEYS_AT_ONCE = 8192;

    private static final int REQUEST_PLACE_BITS = 20;

    private final DuckdbSession session;
    private final Map<Integer, StoreLayout> layouts;

    /** By store and key, what became of a record in all entries so far. */
    private final Map<Integer, Map<Object, Net>> net = new LinkedHashMap<>();

    /** By store, all steps so far. */
    private final Map<Integer, List<Entry.Step>> steps = new LinkedHashMap<>();

    /** An entry and the number of its journal record. */
    record Numbered(long number, Entry entry) {}

    private record Net(Entry.Before before, Image after) {}

    private Projection(DuckdbSession session, Map<Integer, StoreLayout> layouts) {
        this.session = session;
        this.layouts = layouts;
    }

    /**
     * Writes {@code entries}, at least one, in one transaction.
     *
     * @param from the newest commit before them
     * @throws SQLDataException if the database does not hold what the entries stand on
     */
    static void write(DuckdbSession session, List<Numbered> entries, Head from) throws SQLException {
        session.execute("BEGIN TRANSACTION");
        Projection projection = new Projection(session, Format.layouts(session));
        Head head = projection.write(entries, from);
        Format.setMeta(session, entries.get(entries.size() - 1).number(), head);
        session.execute("COMMIT");
    }

    private Head write(List<Numbered> entries, Head from) throws SQLException {
        Head head = from;
        List<LoggedCommit> commits = new ArrayList<>();
        for (Numbered numbered : entries) {
            if (numbered.entry() instanceof Entry.Installed installed) {
                writeRecords();
                install(installed.layout());
            } else if (numbered.entry() instanceof Entry.Dropped dropped) {
                writeRecords();
                head = writeLog(commits, head);
                commits.clear();
                drop(dropped.start());
            } else if (numbered.entry() instanceof Entry.ContentsDropped dropped) {
                writeRecords();
                head = writeLog(commits, head);
                commits.clear();
                DroppedContents.write(session, layouts, dropped);
            } else if (numbered.entry() instanceof Entry.Begun begun) {
                begun.steps().forEach(this::add);
                writeRecords();
                head = begun.start();
                drop(head);
            } else if (numbered.entry() instanceof Entry.Committed committed) {
                committed.steps().forEach(this::add);
                commits.addAll(committed.commits());
                writeRequests(numbered.number(), committed);
            }
        }
        writeRecords();
        return writeLog(commits, head);
    }

    private void drop(Head start) throws SQLException {
        for (String table : List.of("rowkeep_changes", "rowkeep_commits")) {
            PreparedStatement delete = session.prepared("DELETE FROM " + table + " WHERE sequence <= ?");
            delete.setLong(1, start.sequence());
            delete.execute();
        }
        Map<Integer, Long> contentsDropped = DroppedContents.through(session);
        for (StoreLayout layout : layouts.values()) {
            HistoryTable history = new HistoryTable(layout);
            session.execute(history.deleteThrough(start.sequence()));
            session.execute(history.createAsOf(start.sequence(), contentsDropped.getOrDefault(layout.id(), 0L)));
        }
        Format.setStart(session, start);
    }

    private void add(Entry.Step step) {
        steps.computeIfAbsent(step.storeId(), id -> new ArrayList<>()).add(step);
        net.computeIfAbsent(step.storeId(), id -> new LinkedHashMap<>())
                .merge(
                        step.after().key(),
                        new Net(step.before(), step.after()),
                        (first, last) -> new Net(first.before(), last.after()));
    }

    private void install(StoreLayout layout) throws SQLException {
        StoreLayout before = layouts.put(layout.id(), layout);
        HistoryTable history = new HistoryTable(layout);
        if (before == null) {
            session.execute(new StoreTable(layout).create());
            session.execute(history.create());
        } else {
            for (LayoutColumn column : layout.columns()) {
                if (before.columns().stream().noneMatch(old -> old.id() == column.id())) {
                    session.execute("ALTER TABLE " + new StoreTable(layout).name() + " ADD COLUMN "
                            + StoreTable.declaration(column));
                    session.execute(history.addColumn(column));
                }
            }
        }
        long contentsDropped = DroppedContents.through(session).getOrDefault(layout.id(), 0L);
        session.execute(history.createAsOf(Format.start(session).sequence(), contentsDropped));
        Format.setLayout(session, layout);
    }

    private void writeRecords() throws SQLException {
        for (Map.Entry<Integer, Map<Object, Net>> store : net.entrySet()) {
            StoreLayout layout = layouts.get(store.getKey());
            if (layout == null) {
                throw new SQLDataException(
                        "The journal writes to store number " + store.getKey() + ", which is not there");
            }
            writeRecords(new StoreTable(layout), store.getValue());
            writeHistory(new HistoryTable(layout), steps.getOrDefault(store.getKey(), List.of()));
        }
        net.clear();
        steps.clear();
    }

    private void writeHistory(HistoryTable table, List<Entry.Step> steps) throws SQLException {
        List<String> places = session.columns(table.name());
        try (DuckDBAppender history = session.appender(table.plainName())) {
            for (Entry.Step step : steps) {
                table.append(history, places, step);
            }
        }
    }

    private void writeRecords(StoreTable table, Map<Object, Net> records) throws SQLException {
        List<Object> rows = keys(records, Entry.Before.ROW);
        delete(
                table.deleteByKeys(),
                rows,
                some -> DuckdbDialect.array(table.layout().key().type(), some));
        List<Object> tombstones = keys(records, Entry.Before.TOMBSTONE);
        delete(
                "DELETE FROM rowkeep_tombstones WHERE store = " + table.layout().id()
                        + " AND key IN (SELECT unnest(?))",
                tombstones,
                some -> new DuckDBUserArray(
                        "VARCHAR", some.stream().map(String::valueOf).toArray()));
        List<String> places = session.columns(table.name());
        try (DuckDBAppender live = session.appender(table.layout().name());
                DuckDBAppender dead = session.appender("rowkeep_tombstones")) {
            for (Net record : records.values()) {
                if (record.after().isLive()) {
                    appendRow(live, places, table.layout(), record.after());
                } else {
                    appendTombstone(dead, table.layout(), record.after());
                }
            }
        }
    }

    private static List<Object> keys(Map<Object, Net> records, Entry.Before before) {
        List<Object> keys = new ArrayList<>();
        records.forEach((key, record) -> {
            if (record.before() == before) {
                keys.add(key);
            }
        });
        return keys;
    }

    private interface Arrays {
        DuckDBUserArray of(List<Object> keys);
    }

    private void delete(String sql, List<Object> keys, Arrays arrays) throws SQLException {
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            List<Object> some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE));
            PreparedStatement delete = session.prepared(sql);
            delete.setObject(1, arrays.of(some));
            int deleted = delete.executeUpdate();
            if (deleted != some.size()) {
                throw new SQLDataException(
                        "Of " + some.size() + " rows that the journal replaces, the database holds " + deleted);
            }
        }
    }

    /** In the order of the table's columns, in which those that were added later are the last. */
    private static void appendRow(DuckDBAppender to, List<String> places, StoreLayout layout, Image image)
            throws SQLException {
        to.beginRow();
        for (String place : places) {
            ImageAppender.append(to, place, layout, image);
        }
        to.endRow();
    }

    private static void appendTombstone(DuckDBAppender to, StoreLayout layout, Image image) throws SQLException {
        to.beginRow();
        to.append(layout.id());
        to.append(String.valueOf(image.key()));
        to.append(image.version());
        to.append(image.changeId());
        to.append(image.author().name());
        to.append(image.author().origin().name());
        to.appendEpochMicros(image.timeMicros());
        ImageAppender.text(to, image.userAuthor());
        ImageAppender.userTime(to, image);
        to.endRow();
    }

    /** Returns the newest of them, or {@code head} if there is none. */
    private Head writeLog(List<LoggedCommit> commits, Head head) throws SQLException {
        if (commits.isEmpty()) {
            return head;
        }
        try (DuckDBAppender headers = session.appender("rowkeep_commits");
                DuckDBAppender changes = session.appender("rowkeep_changes")) {
            for (LoggedCommit commit : commits) {
                LoggedHeader header = commit.header();
                headers.beginRow();
                headers.append(header.sequence());
                appendWho(headers, header);
                headers.append(commit.hash());
                headers.endRow();
                for (LoggedChange change : commit.changes()) {
                    append(changes, header, change);
                }
            }
        }
        LoggedCommit last = commits.get(commits.size() - 1);
        return new Head(last.header().sequence(), last.header().timeMicros(), last.hash());
    }

    private static void append(DuckDBAppender to, LoggedHeader header, LoggedChange change) throws SQLException {
        to.beginRow();
        to.append(change.id());
        to.append(header.sequence());
        to.append(change.storeId());
        to.append(String.valueOf(change.key()));
        to.append(change.version());
        to.append(change.kind().name());
        to.append(change.previousId());
        appendWho(to, header);
        to.append(change.delta());
        byte[] image = change.image();
        if (image == null) {
            to.appendNull();
        } else {
            to.append(image);
        }
        to.append(false);
        to.endRow();
    }

    private static void appendWho(DuckDBAppender to, LoggedHeader header) throws SQLException {
        to.appendEpochMicros(header.timeMicros());
        to.append(header.author().name());
        to.append(header.author().origin().name());
        ImageAppender.text(to, header.reason());
        ImageAppender.text(to, header.correlationId());
    }

    private void writeRequests(long number, Entry.Committed committed) throws SQLException {
        if (!committed.stored().isEmpty()) {
            long place = number << REQUEST_PLACE_BITS;
            try (DuckDBAppender requests = session.appender("rowkeep_requests")) {
                for (StoredRequest request : committed.stored()) {
                    requests.beginRow();
                    requests.append(place++);
                    requests.append(request.id());
                    requests.append(request.timeMicros());
                    requests.append(request.sequence());
                    requests.append(request.fingerprint());
                    requests.append(request.outcome());
                    requests.endRow();
                }
            }
        }
        if (!committed.forgotten().isEmpty()) {
            PreparedStatement delete = session.prepared("DELETE FROM rowkeep_requests WHERE id IN (SELECT unnest(?))");
            delete.setObject(
                    1, new DuckDBUserArray("VARCHAR", committed.forgotten().toArray()));
            delete.execute();
        }
    }
}
