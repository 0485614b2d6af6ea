package dev.rowkeep.schema;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store's shape: its name, key, columns in order, checks over several columns, and indexes. Immutable; a schema is what an
 * application holds as a constant to name its store.
 *
 * @param <K> the key's type: {@link String}, {@link Long} or {@link java.util.UUID}
 * @param <T> the record's type: a Java record, or {@link Row}
 */
public final class Schema<K, T> {
    private final String name;
    private final Column<K> key;
    private final List<Column<?>> columns;
    private final List<Column<?>> allColumns;
    private final List<Check<T>> checks;
    private final List<Index> indexes;
    private final RecordMapping<T> mapping;
    private final boolean needsCaller;
    private final Map<String, Integer> ordinals = new HashMap<>();

    /**
     * An index that queries can use.
     *
     * @param columns the names of its columns, in order
     */
    public record Index(List<String> columns) {
        /** Copies the names. */
        public Index {
            columns = List.copyOf(columns);
        }
    }

    Schema(
            String name,
            Column<K> key,
            List<Column<?>> columns,
            List<Check<T>> checks,
            List<Index> indexes,
            RecordMapping<T> mapping) {
        Names.requireStore(name);
        Keys.requireKeyColumn(name, key);
        this.name = name;
        this.key = key;
        this.columns = List.copyOf(columns);
        this.checks = List.copyOf(checks);
        this.indexes = List.copyOf(indexes);
        this.mapping = mapping;
        List<Column<?>> all = new ArrayList<>();
        all.add(key);
        all.addAll(columns);
        this.allColumns = List.copyOf(all);
        for (int i = 0; i < this.columns.size(); i++) {
            ordinals.put(this.columns.get(i).name(), i);
        }
        this.needsCaller = !checks.isEmpty()
                || mapping.mayRefuse()
                || this.columns.stream().anyMatch(Column::needsCaller);
        requireDistinctNames();
        this.columns.forEach(this::requireFittingDefault);
        allColumns.forEach(this::requireErasable);
    }

    /**
     * A dynamic schema, whose records are {@link Row}s.
     *
     * @throws IllegalArgumentException if a name is not allowed or given twice, or the key is not text, integer or UUID
     */
    public static <K> Schema<K, Row> dynamic(String name, Column<K> key, Column<?>... columns) {
        List<Column<?>> list = List.of(columns);
        return new Schema<>(name, key, list, List.of(), List.of(), new RowMapping(key, list));
    }

    /**
     * The schema of a Java record class, read from its components and the annotations in
     * {@code dev.rowkeep.schema.annotation}.
     *
     * <p>A record in a named module must be in a package that is open to {@code dev.rowkeep.core}. Components are of these types:
     * {@link String}, {@code long}, {@code int}, {@code short}, {@code double}, {@code boolean} and their classes,
     * {@link java.math.BigDecimal}, {@link java.time.LocalDate}, {@link java.time.Instant}, {@link java.util.UUID}, enums,
     * {@link Bytes}, {@code byte[]}, {@code Set<String>}, {@code SortedSet<String>} and {@link Json}. Where a value may be
     * missing, the component is of a class and is null. The record's constructor must be quick and must not call the library; a
     * record with cells that it throws on is rejected.
     *
     * @throws IllegalArgumentException if the class is not fit, naming the component and what to change
     */
    public static <K, T extends java.lang.Record> Schema<K, T> of(Class<K> keyType, Class<T> recordType) {
        return RecordSchemas.read(keyType, recordType, null);
    }

    /** As {@link #of(Class, Class)}, with a lookup of the record's own module that makes it accessible. */
    public static <K, T extends java.lang.Record> Schema<K, T> of(
            Class<K> keyType, Class<T> recordType, MethodHandles.Lookup lookup) {
        return RecordSchemas.read(keyType, recordType, lookup);
    }

    /** With a rule over several cells. */
    public Schema<K, T> check(String rule, Predicate<? super T> test, String fix) {
        List<Check<T>> more = new ArrayList<>(checks);
        more.add(new Check<>(rule, test, fix));
        return new Schema<>(name, key, columns, more, indexes, mapping);
    }

    /**
     * With an index over columns, in this order.
     *
     * @throws IllegalArgumentException if there is no such column or its kind has no order
     */
    public Schema<K, T> index(Column<?>... indexed) {
        for (Column<?> column : indexed) {
            if (!column(column.name()).type().kind().isOrdered()) {
                throw new IllegalArgumentException(
                        "Column " + column + " of store " + name + " has no order and cannot be indexed.");
            }
        }
        List<Index> more = new ArrayList<>(indexes);
        more.add(new Index(Arrays.stream(indexed).<String>map(Column::name).toList()));
        return new Schema<>(name, key, columns, checks, more, mapping);
    }

    /**
     * With one column, the key's included, replaced by {@code changed}, which has the same name and type: a rule that no
     * annotation can say.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    @SuppressWarnings("unchecked")
    public Schema<K, T> with(Column<?> changed) {
        if (changed.equals(key)) {
            return new Schema<>(name, (Column<K>) changed, columns, checks, indexes, mapping);
        }
        List<Column<?>> replaced = new ArrayList<>(columns);
        replaced.set(ordinal(changed), changed);
        return new Schema<>(name, key, replaced, checks, indexes, mapping);
    }

    /** The store's name. */
    public String name() {
        return name;
    }

    /** The key's column. */
    public Column<K> key() {
        return key;
    }

    /** The columns in order, without the key. */
    public List<Column<?>> columns() {
        return columns;
    }

    /** The key's column, then the others in order. */
    public List<Column<?>> allColumns() {
        return allColumns;
    }

    /** The rules over several cells. */
    public List<Check<T>> checks() {
        return checks;
    }

    /** The indexes beside those of unique columns. */
    public List<Index> indexes() {
        return indexes;
    }

    /** The way between records and cells. */
    public RecordMapping<T> mapping() {
        return mapping;
    }

    /**
     * The column called {@code columnName}, the key's included.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Column<?> column(String columnName) {
        if (columnName.equals(key.name())) {
            return key;
        }
        Integer ordinal = ordinals.get(columnName);
        if (ordinal == null) {
            throw noSuchColumn(columnName);
        }
        return columns.get(ordinal);
    }

    /**
     * The column called {@code columnName} as a column of {@code type}.
     *
     * @throws IllegalArgumentException if there is none, or it is of another type
     */
    @SuppressWarnings("unchecked")
    public <C> Column<C> column(String columnName, Class<C> type) {
        Column<?> column = column(columnName);
        if (column.type().javaType() != type) {
            throw new IllegalArgumentException("Column " + column + " of store " + name + " holds "
                    + column.type().javaType().getSimpleName() + ", not " + type.getSimpleName() + ".");
        }
        return (Column<C>) column;
    }

    /**
     * The place of {@code column} in {@link #columns()}.
     *
     * @throws IllegalArgumentException if the column is the key or not of this schema
     */
    public int ordinal(Column<?> column) {
        Integer ordinal = ordinals.get(column.name());
        if (ordinal == null) {
            throw noSuchColumn(column.name());
        }
        if (!columns.get(ordinal).equals(column)) {
            throw new IllegalArgumentException("Column " + column.name() + " of store " + name + " is "
                    + columns.get(ordinal).type() + ", not " + column.type() + ".");
        }
        return ordinal;
    }

    /**
     * Judges a raw row: every cell coerced and tested, missing ones filled with their defaults; unknown names are violations.
     * Where no cell is rejected, the record is made and the checks are run over it.
     */
    public Parsed<T> parse(Map<String, ?> raw) {
        return Judge.parse(this, raw);
    }

    /** Judges a key: the canonical key, or a rejection. */
    public CellVerdict judgeKey(@Nullable Object raw) {
        return Keys.judge(this, raw);
    }

    /**
     * Judges the canonical cells of a whole record, whose key was judged before: required cells, every column's rules, and, where
     * none is broken, the record's own constructor and the checks. The verdict lists rejections only.
     *
     * @param canonicalKey the key, in canonical form
     * @param cells the cells in the order of {@link #columns()}, in canonical form
     * @throws IllegalArgumentException if there is not one cell a column
     */
    public RecordVerdict judge(Object canonicalKey, @Nullable Object[] cells) {
        return Judge.judgeWhole(this, canonicalKey, cells);
    }

    /** Whether judging or merging a record runs an application's code, a record's own constructor included, or a pattern. */
    public boolean needsCaller() {
        return needsCaller;
    }

    boolean hasColumn(String columnName) {
        return ordinals.containsKey(columnName) || columnName.equals(key.name());
    }

    private <C> void requireFittingDefault(Column<C> column) {
        Object fallback = column.canonicalDefault();
        if (fallback != null
                && Judge.judge(column, column.type().fromCanonical(fallback))
                        instanceof CellVerdict.Rejected rejected) {
            throw new IllegalArgumentException("The default of column " + column.name() + " of store " + name
                    + " breaks its rule " + rejected.rule() + ": " + rejected.message() + ". " + rejected.fix());
        }
    }

    private void requireErasable(Column<?> column) {
        if (column.isPersonal() && column.equals(key)) {
            throw new IllegalArgumentException("The key " + column.name() + " of store " + name
                    + " cannot be personal: keys stay in the history for good. Use a number or UUID that tells nothing as"
                    + " the key, and keep the personal value in a column.");
        }
        if (column.isPersonal() && column.isRequired()) {
            throw new IllegalArgumentException("Column " + column.name() + " of store " + name
                    + " cannot be both personal and required: erasing leaves no value. Make it optional; of a record's"
                    + " component, by a class in the place of the primitive.");
        }
    }

    private void requireDistinctNames() {
        Set<String> seen = new HashSet<>();
        for (Column<?> column : allColumns) {
            if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("Store " + name + " has two columns called " + column.name()
                        + " (SQL ignores case). Rename one.");
            }
        }
    }

    private IllegalArgumentException noSuchColumn(String columnName) {
        return new IllegalArgumentException("Store " + name + " has no column " + Names.shown(columnName)
                + ". Its columns are " + allColumns.stream().map(Column::name).toList() + ".");
    }

    @Override
    public String toString() {
        return "Schema " + name;
    }
}
