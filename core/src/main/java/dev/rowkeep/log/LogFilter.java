package dev.rowkeep.log;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.CommitHeader;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of the log are wanted: those for which all holds that was said. Said twice, the later counts. Immutable.
 *
 * <p>For example what a user called Ana did to the prices in May: {@code LogFilter.of(PRODUCTS).columns(PRICE).author("ana")
 * .origin(Origin.USER).from(may).until(june)}.
 */
public final class LogFilter {
    /** With what the names of the library's own stores begin, and no other's. */
    private static final String OWN_STORES = "rowkeep_";

    private static final LogFilter EVERYTHING = new LogFilter(Subject.ANY, Writing.ANY);

    private final Subject subject;
    private final Writing writing;

    private LogFilter(Subject subject, Writing writing) {
        this.subject = subject;
        this.writing = writing;
    }

    /** Every change. */
    public static LogFilter everything() {
        return EVERYTHING;
    }

    /** The changes of one store. */
    public static LogFilter of(Schema<?, ?> schema) {
        return new LogFilter(new Subject(schema.name(), null, null, false), Writing.ANY);
    }

    /** The changes of one record. */
    public static <K> LogFilter of(Schema<K, ?> schema, K key) {
        Object canonical = schema.key().type().toCanonical(key);
        return new LogFilter(new Subject(schema.name(), canonical, null, false), Writing.ANY);
    }

    /**
     * Of these, only the changes that touch one of {@code wanted}; an insert or a delete touches every cell that it sets or takes away.
     * Changes whose contents were dropped say nothing of that and are left out.
     */
    public LogFilter columns(Column<?>... wanted) {
        Set<String> names = Stream.of(wanted).map(Column::name).collect(Collectors.toUnmodifiableSet());
        return new LogFilter(new Subject(subject.store, subject.key, names, subject.isWithoutOwn), writing);
    }

    /** Of these, none of the library's own stores, whose names begin with {@code rowkeep_}: leases, and what was undone. */
    public LogFilter withoutOwnStores() {
        return new LogFilter(new Subject(subject.store, subject.key, subject.columns, true), writing);
    }

    /** Of these, only what a writer called {@code name} did, whether a user, a job or the application itself. */
    public LogFilter author(String name) {
        return new LogFilter(subject, new Writing(name, writing.origin, writing.from, writing.until));
    }

    /** Of these, only what writers of this kind did. */
    public LogFilter origin(Origin wanted) {
        return new LogFilter(subject, new Writing(writing.author, wanted, writing.from, writing.until));
    }

    /** Of these, only what was committed at {@code time} or later. */
    public LogFilter from(Instant time) {
        return new LogFilter(subject, new Writing(writing.author, writing.origin, time, writing.until));
    }

    /** Of these, only what was committed before {@code time}. */
    public LogFilter until(Instant time) {
        return new LogFilter(subject, new Writing(writing.author, writing.origin, writing.from, time));
    }

    /** The earliest time that is wanted, if there is one. */
    public Optional<Instant> from() {
        return Optional.ofNullable(writing.from);
    }

    /** The first time that is not wanted any more, if there is one. */
    public Optional<Instant> until() {
        return Optional.ofNullable(writing.until);
    }

    /** Whether commits with this header are wanted, as far as it alone tells. */
    public boolean wants(CommitHeader header) {
        return writing.holds(header);
    }

    /** Whether changes of this record are wanted, as far as that alone tells; {@code key} is in canonical form. */
    public boolean wants(String store, Object key) {
        return subject.holds(store, key);
    }

    /** Whether a change is wanted, if its commit is. */
    public boolean wants(Change change) {
        return subject.holds(change.store(), change.key()) && subject.isTouchedBy(change);
    }

    /** What is changed. */
    private record Subject(
            @Nullable String store,
            @Nullable Object key,
            @Nullable Set<String> columns,
            boolean isWithoutOwn) {
        static final Subject ANY = new Subject(null, null, null, false);

        boolean holds(String changedStore, Object changedKey) {
            return (store == null || store.equals(changedStore))
                    && (key == null || key.equals(changedKey))
                    && !(isWithoutOwn && changedStore.startsWith(OWN_STORES));
        }

        boolean isTouchedBy(Change change) {
            return columns == null
                    || change.cells().stream().map(CellChange::column).anyMatch(columns::contains);
        }
    }

    /** Who changes it, and when. */
    private record Writing(
            @Nullable String author,
            @Nullable Origin origin,
            @Nullable Instant from,
            @Nullable Instant until) {
        static final Writing ANY = new Writing(null, null, null, null);

        boolean holds(CommitHeader header) {
            return (author == null || author.equals(header.author().name()))
                    && (origin == null || origin == header.author().origin())
                    && (from == null || !header.time().isBefore(from))
                    && (until == null || header.time().isBefore(until));
        }
    }
}
