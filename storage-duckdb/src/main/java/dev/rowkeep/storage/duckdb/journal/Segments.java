package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The durable state of a journal at one moment: its segments from the oldest to the newest, each beginning where the one before ends.
 *
 * @param older all but the newest, oldest first; each has a record
 * @param newest the one that records are appended to
 */
record Segments(List<Segment> older, Segment newest) {
    Segments {
        older = List.copyOf(older);
    }

    /** At least one segment, oldest first. */
    static Segments of(List<Segment> segments) {
        int last = segments.size() - 1;
        return new Segments(segments.subList(0, last), segments.get(last));
    }

    Place start() {
        return oldest().start();
    }

    Place last() {
        return newest.end();
    }

    private Segment oldest() {
        return older.isEmpty() ? newest : older.get(0);
    }

    /** With another record at the end. */
    Segments with(JournalRecord record, int bytes) {
        return new Segments(older, newest.with(record, bytes));
    }

    /** With an empty segment behind the newest. */
    Segments with(Segment empty) {
        return new Segments(all(), empty);
    }

    /** With another file of the same records in the place of one that is there. */
    Segments replacing(Segment replaced, Segment by) {
        return of(all().stream().map(each -> each.equals(replaced) ? by : each).toList());
    }

    /** Those all of whose records have numbers up to {@code through}, oldest first; never the newest. */
    List<Segment> through(long through) {
        return older.stream().filter(each -> each.end().number() <= through).toList();
    }

    /** The one that begins at {@code start}, if it is not the newest. */
    Optional<Segment> sealed(Place start) {
        return older.stream().filter(each -> each.start().equals(start)).findFirst();
    }

    /** Those that have records with numbers above {@code number}, oldest first. */
    List<Segment> after(long number) {
        return all().stream().filter(each -> each.end().number() > number).toList();
    }

    /** Without the {@code count} oldest. */
    Segments withoutOldest(int count) {
        return new Segments(older.subList(count, older.size()), newest);
    }

    /** All of them, oldest first. */
    List<Segment> all() {
        List<Segment> all = new ArrayList<>(older);
        all.add(newest);
        return all;
    }
}
