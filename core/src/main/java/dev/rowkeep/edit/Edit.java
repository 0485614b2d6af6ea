package dev.rowkeep.edit;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.schema.Schema;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A writer's intent on one record: insert it, delete it, or change some of its cells, and what that stands on. Immutable; each
 * method that adds something returns a copy. Nothing is judged or written before the edit is applied.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public final class Edit<K, T> {
    private static final Duration SHORTEST_GUARD = Duration.of(1, ChronoUnit.MICROS);
    private static final Duration LONGEST_GUARD = Duration.ofDays(365);

    private final Schema<K, T> schema;
    private final ChangeKind kind;
    private final @Nullable Object rawKey;
    private final Map<String, CellOperation> operations;
    private final Basis basis;
    private final Duration guard;

    private Edit(
            Schema<K, T> schema,
            ChangeKind kind,
            @Nullable Object rawKey,
            Map<String, CellOperation> operations,
            Basis basis) {
        this(schema, kind, rawKey, operations, basis, Duration.ZERO);
    }

    private Edit(
            Schema<K, T> schema,
            ChangeKind kind,
            @Nullable Object rawKey,
            Map<String, CellOperation> operations,
            Basis basis,
            Duration guard) {
        this.guard = guard;
        this.schema = schema;
        this.kind = kind;
        this.rawKey = rawKey;
        this.operations = Collections.unmodifiableMap(operations);
        this.basis = basis;
    }

    /** An insert of {@code value} under its own key; a conflict if the record is there. */
    public static <K, T> Edit<K, T> insert(Schema<K, T> schema, T value) {
        @Nullable Object[] cells = schema.mapping().cells(value);
        Map<String, CellOperation> operations = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] != null) {
                operations.put(schema.columns().get(i).name(), new CellOperation.Put(cells[i]));
            }
        }
        return new Edit<>(schema, ChangeKind.INSERT, schema.mapping().key(value), operations, new Basis.Unstated());
    }

    /**
     * An insert of raw cells by column name, the key's among them, to be coerced when it is applied; names that are no columns
     * are rejected then.
     */
    public static <K, T> Edit<K, T> insertRaw(Schema<K, T> schema, Map<String, ?> cells) {
        Map<String, CellOperation> operations = new LinkedHashMap<>();
        cells.forEach((name, raw) -> {
            if (!name.equals(schema.key().name())) {
                operations.put(name, new CellOperation.Put(raw));
            }
        });
        Object key = cells.get(schema.key().name());
        return new Edit<>(schema, ChangeKind.INSERT, key, operations, new Basis.Unstated());
    }

    /** A change of the record {@code key}, to which cells are added by the methods below. */
    public static <K, T> Edit<K, T> update(Schema<K, T> schema, K key) {
        return new Edit<>(schema, ChangeKind.UPDATE, key, Map.of(), new Basis.Unstated());
    }

    /**
     * A change that turns {@code read} into {@code changed}: every cell in which the two differ is put, based on {@code read}.
     *
     * @throws IllegalArgumentException if {@code changed} has another key
     */
    public static <K, T> Edit<K, T> update(Schema<K, T> schema, VersionedRecord<K, T> read, T changed) {
        if (!read.key().equals(schema.mapping().key(changed))) {
            throw new IllegalArgumentException(
                    "The changed record of store " + schema.name()
                            + " has another key than the one read. Keys do not change: delete the old record and insert the new one.");
        }
        @Nullable Object[] before = schema.mapping().cells(read.value());
        @Nullable Object[] after = schema.mapping().cells(changed);
        Map<String, CellOperation> operations = new LinkedHashMap<>();
        for (int i = 0; i < after.length; i++) {
            if (!Objects.deepEquals(before[i], after[i])) {
                operations.put(schema.columns().get(i).name(), new CellOperation.Put(after[i]));
            }
        }
        return new Edit<>(schema, ChangeKind.UPDATE, read.key(), operations, new Basis.On(read));
    }

    /** A delete of the record {@code key}; needs {@link #expecting} or {@link #basedOn}. */
    public static <K, T> Edit<K, T> delete(Schema<K, T> schema, K key) {
        return new Edit<>(schema, ChangeKind.DELETE, key, Map.of(), new Basis.Unstated());
    }

    /** Also gives {@code column} this value; null clears it. */
    public <C> Edit<K, T> set(Column<C> column, @Nullable C value) {
        schema.ordinal(column);
        return with(column, new CellOperation.Put(value));
    }

    /**
     * Also gives the column called {@code columnName} a raw value, to be coerced when the edit is applied.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public Edit<K, T> setRaw(String columnName, @Nullable Object raw) {
        Column<?> column = schema.column(columnName);
        schema.ordinal(column);
        return with(column, new CellOperation.Put(raw));
    }

    /** Also adds {@code amount} to the number in {@code column}; commutes with every other add. */
    public <N extends Number> Edit<K, T> add(Column<N> column, N amount) {
        return with(column, new CellOperation.Add(amount));
    }

    /** Also adds elements to the set in {@code column}. */
    public <S extends Set<String>> Edit<K, T> union(Column<S> column, Set<String> elements) {
        return with(column, new CellOperation.Union(elements));
    }

    /** Also removes elements from the set in {@code column}. */
    public <S extends Set<String>> Edit<K, T> remove(Column<S> column, Set<String> elements) {
        return with(column, new CellOperation.Remove(elements));
    }

    /**
     * Also appends to the text in {@code column}.
     *
     * @throws IllegalArgumentException if the column is not text
     */
    public Edit<K, T> append(Column<String> column, String suffix) {
        if (column.type().kind() != Kind.TEXT) {
            throw new IllegalArgumentException("append is for text columns; " + column + " is none.");
        }
        return with(column, new CellOperation.Append(suffix));
    }

    /** The same edit, to be applied only on exactly this version. */
    public Edit<K, T> expecting(long version) {
        if (version < 1) {
            throw new IllegalArgumentException("Versions begin at 1, got " + version + ".");
        }
        return standingOn(new Basis.Expecting(version));
    }

    /** The same edit, to be merged cell by cell with what others changed since {@code record} was read. */
    public Edit<K, T> basedOn(VersionedRecord<K, T> record) {
        if (!record.key().equals(rawKey)) {
            throw new IllegalArgumentException(
                    "An edit of store " + schema.name() + " cannot be based on a record with another key.");
        }
        return standingOn(new Basis.On(record));
    }

    /**
     * This edit and then {@code later}, as one. A delete or an insert takes the place of what was before it. Cells that are changed later
     * are added to those changed before; a cell set again has the later value. It stands on what this edit stands on, or, if that is
     * nothing, on what {@code later} stands on; of two guards the longer one holds.
     *
     * @throws IllegalArgumentException if the edits are of different records, or {@code later} adds, unites, removes or appends where
     *     this one has changed the cell already or inserts the record
     */
    public Edit<K, T> followedBy(Edit<K, T> later) {
        if (later.schema != schema || !Objects.equals(later.rawKey, rawKey)) {
            throw new IllegalArgumentException("Only edits of one record follow each other; these two are of store "
                    + schema.name() + " and " + later.schema.name() + ". Commit edits of several records together.");
        }
        if (later.kind != ChangeKind.UPDATE || kind == ChangeKind.DELETE) {
            return later.guard.compareTo(guard) < 0 ? later.unlessTouchedWithin(guard) : later;
        }
        Map<String, CellOperation> both = new LinkedHashMap<>(operations);
        later.operations.forEach((column, operation) -> {
            boolean goesTogether = operation instanceof CellOperation.Put
                    || (kind == ChangeKind.UPDATE && !operations.containsKey(column));
            if (!goesTogether) {
                throw new IllegalArgumentException(
                        "Column " + column + " of store " + schema.name()
                                + " is changed by the earlier edit already. Set it to what it shall be, or apply the earlier edit first.");
            }
            both.put(column, operation);
        });
        Basis stands = basis instanceof Basis.Unstated ? later.unlessInsert(kind) : basis;
        Duration longer = guard.compareTo(later.guard) < 0 ? later.guard : guard;
        return new Edit<>(schema, kind, rawKey, both, stands, longer);
    }

    private Basis unlessInsert(ChangeKind earlier) {
        return earlier == ChangeKind.INSERT ? new Basis.Unstated() : basis;
    }

    /**
     * The same edit, but not on a record that a user has touched less than {@code time} ago: then it is a
     * {@link WriteResult.Deferred}, and nothing is written. For jobs, so that they do not overwrite what a person is at. The last
     * touch by a user, a delete included, is compared with the commit's own time inside the commit.
     *
     * @param time one microsecond to 365 days; finer parts are left out
     * @throws IllegalArgumentException if it is out of bounds
     */
    public Edit<K, T> unlessTouchedWithin(Duration time) {
        if (time.compareTo(SHORTEST_GUARD) < 0 || time.compareTo(LONGEST_GUARD) > 0) {
            throw new IllegalArgumentException(
                    "A guard is for " + SHORTEST_GUARD + " to " + LONGEST_GUARD + ", got " + time + ".");
        }
        return new Edit<>(schema, kind, rawKey, operations, basis, time);
    }

    /** How long ago a user's last touch must be; zero if that does not matter. */
    public Duration guard() {
        return guard;
    }

    /** The store's schema. */
    public Schema<K, T> schema() {
        return schema;
    }

    /** Insert, update or delete. */
    public ChangeKind kind() {
        return kind;
    }

    /** The record's key as it was given; null where a raw row had none. */
    public @Nullable Object rawKey() {
        return rawKey;
    }

    /** What is to be done, by column name. */
    public Map<String, CellOperation> operations() {
        return operations;
    }

    /** What the edit stands on. */
    public Basis basis() {
        return basis;
    }

    Edit<K, T> apply(String columnName, CellOperation operation) {
        return with(schema.column(columnName), operation);
    }

    private Edit<K, T> standingOn(Basis stated) {
        if (kind == ChangeKind.INSERT) {
            throw new IllegalStateException("An insert stands on there being no such record; it takes no other basis.");
        }
        return new Edit<>(schema, kind, rawKey, operations, stated, guard);
    }

    private Edit<K, T> with(Column<?> column, CellOperation operation) {
        if (kind == ChangeKind.DELETE) {
            throw new IllegalStateException("A delete changes no cells. Use Edit.update to change some.");
        }
        schema.ordinal(column);
        Map<String, CellOperation> more = new LinkedHashMap<>(operations);
        if (more.put(column.name(), operation) != null) {
            throw new IllegalStateException("The edit already changes column " + column.name() + " of store "
                    + schema.name() + ". Say it once, or make two edits.");
        }
        return new Edit<>(schema, kind, rawKey, more, basis, guard);
    }

    /** Names store, kind and columns, never values. */
    @Override
    public String toString() {
        return "Edit[" + kind + " in " + schema.name() + ", columns " + operations.keySet() + "]";
    }
}
