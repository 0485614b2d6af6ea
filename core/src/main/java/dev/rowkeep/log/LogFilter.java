package dev.rowkeep.log;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which changes a subscription wants. Immutable. */
public final class LogFilter {
    private static final LogFilter EVERYTHING = new LogFilter(null, null, null);

    private final @Nullable String store;
    private final @Nullable Object key;
    private final @Nullable Set<String> columns;

    private LogFilter(@Nullable String store, @Nullable Object key, @Nullable Set<String> columns) {
        this.store = store;
        this.key = key;
        this.columns = columns;
    }

    /** Every change. */
    public static LogFilter everything() {
        return EVERYTHING;
    }

    /** The changes of one store. */
    public static LogFilter of(Schema<?, ?> schema) {
        return new LogFilter(schema.name(), null, null);
    }

    /** The changes of one record. */
    public static <K> LogFilter of(Schema<K, ?> schema, K key) {
        return new LogFilter(schema.name(), schema.key().type().toCanonical(key), null);
    }

    /** Of these, only the changes that touch one of {@code wanted}. */
    public LogFilter columns(Column<?>... wanted) {
        Set<String> names = Stream.of(wanted).map(Column::name).collect(Collectors.toUnmodifiableSet());
        return new LogFilter(store, key, names);
    }

    /** {@code commit} with only the changes that this filter wants; empty if it wants none of them. */
    public Optional<Commit> apply(Commit commit) {
        if (this == EVERYTHING) {
            return Optional.of(commit);
        }
        List<Change> wanted = commit.changes().stream().filter(this::wants).toList();
        return wanted.isEmpty() ? Optional.empty() : Optional.of(new Commit(commit.header(), wanted, commit.hash()));
    }

    private boolean wants(Change change) {
        return (store == null || store.equals(change.store()))
                && (key == null || key.equals(change.key()))
                && (columns == null
                        || change.cells().stream().map(CellChange::column).anyMatch(columns::contains));
    }
}
