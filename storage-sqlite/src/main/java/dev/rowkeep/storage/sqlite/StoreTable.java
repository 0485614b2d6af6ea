package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.storage.jdbc.Identifiers;
import dev.rowkeep.storage.jdbc.QuerySql;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The SQL texts of one store, made once for each form of its layout. Safe for use by several threads. */
final class StoreTable {
    /** What a row holds beside its key and cells, in the order in which {@link ImageRows} reads it. */
    private static final String BOOKKEEPING = "_version, _change, _by, _origin, _at, _user_by, _user_at";

    private static final int MOST_UPDATE_SHAPES = 500;

    private static final String TOMBSTONES =
            " SELECT version, change, by, origin, at, user_by, user_at FROM rowkeep_tombstones ";

    private final StoreLayout layout;
    private final List<String> lacking;
    private final String name;
    private final String key;
    private final int[] allOrdinals;
    private final QuerySql queries;
    private final String selectByKey;
    private final String selectAnyByKey;
    private final InsertSql insert;
    private final RecordHistory history;
    private final Map<UpdateShape, String> updates = new ConcurrentHashMap<>();

    /** Which columns an update sets beside those it always does. */
    private record UpdateShape(BitSet changed, Writers writers) {}

    /** Which of the columns about who wrote an update sets; what stays as it is need not be bound. */
    enum Writers {
        /** None. */
        NONE(""),
        /** Who made the version. */
        AUTHOR(", _by = ?, _origin = ?"),
        /** The last user. */
        USER(", _user_by = ?, _user_at = ?"),
        /** Both, in this order. */
        AUTHOR_AND_USER(AUTHOR.set + USER.set);

        private final String set;

        Writers(String set) {
            this.set = set;
        }
    }

    /** The newest form of a store. */
    StoreTable(StoreLayout layout) {
        this(layout, layout);
    }

    /** An older form of {@code newest}, perhaps. */
    StoreTable(StoreLayout layout, StoreLayout newest) {
        this.layout = layout;
        this.lacking = newest.columns().stream()
                .filter(column -> layout.columns().stream().noneMatch(own -> own.id() == column.id()))
                .map(LayoutColumn::name)
                .toList();
        this.name = Identifiers.quoted(layout.name());
        this.key = column(layout.key());
        this.allOrdinals = IntStream.range(0, layout.columns().size()).toArray();
        this.queries = new QuerySql(SqliteDialect.INSTANCE, layout, name);
        this.selectByKey = "SELECT " + cells(allOrdinals) + BOOKKEEPING + " FROM " + name + " WHERE " + key + " = ?";
        this.selectAnyByKey = "SELECT 1, " + cells(allOrdinals) + BOOKKEEPING + " FROM " + name + " WHERE " + key
                + " = ?1 UNION ALL SELECT 0, " + "NULL, ".repeat(allOrdinals.length)
                + "version, change, by, origin, at, user_by, user_at FROM rowkeep_tombstones WHERE store = "
                + layout.id()
                + " AND key = ?1";
        this.insert = new InsertSql(
                "INSERT INTO " + name + " (" + key + ", " + cells(allOrdinals) + BOOKKEEPING + ") VALUES ",
                allOrdinals.length + 8);
        this.history = new RecordHistory(layout.id(), name, key, layout.key().type());
    }

    StoreLayout layout() {
        return layout;
    }

    /** The columns that the store has gained since this form of it. */
    List<String> lacking() {
        return lacking;
    }

    /** The quoted name. */
    String name() {
        return name;
    }

    /** The quoted name of the key's column. */
    String key() {
        return key;
    }

    /** The places of all cells. */
    int[] allOrdinals() {
        return allOrdinals;
    }

    QuerySql queries() {
        return queries;
    }

    RecordHistory history() {
        return history;
    }

    Object keyParameter(Object canonicalKey) {
        return SqliteDialect.INSTANCE.parameter(layout.key().type(), canonicalKey);
    }

    @Nullable
    Object cellParameter(int ordinal, @Nullable Object cell) {
        return cell == null
                ? null
                : SqliteDialect.INSTANCE.parameter(layout.columns().get(ordinal).type(), cell);
    }

    static String column(LayoutColumn column) {
        return SqliteDialect.INSTANCE.column(column);
    }

    /** The cells and the bookkeeping of one live record. */
    String selectByKey() {
        return selectByKey;
    }

    /** Whether it is live, the cells and the bookkeeping of one record or tombstone, as of one moment. */
    String selectAnyByKey() {
        return selectAnyByKey;
    }

    /** What a query selects: the key, the cells at {@code ordinals}, the bookkeeping. */
    String selected(int[] ordinals) {
        return key + ", " + cells(ordinals) + BOOKKEEPING;
    }

    /** The live records with one of {@code count} keys. */
    String selectByKeys(int count) {
        return "SELECT " + selected(allOrdinals) + " FROM " + name + " WHERE " + key + " IN (" + parameters(count)
                + ")";
    }

    /** The tombstones with one of {@code count} keys. */
    String selectTombstonesByKeys(int count) {
        return "SELECT key," + TOMBSTONES.substring(" SELECT".length()) + "WHERE store = " + layout.id()
                + " AND key IN (" + parameters(count) + ")";
    }

    /** All tombstones. */
    String selectTombstones() {
        return "SELECT key," + TOMBSTONES.substring(" SELECT".length()) + "WHERE store = " + layout.id();
    }

    String selectOwner(int ordinal) {
        return "SELECT " + key + " FROM " + name + " WHERE "
                + column(layout.columns().get(ordinal)) + " = ? LIMIT 1";
    }

    InsertSql insert() {
        return insert;
    }

    String delete() {
        return "DELETE FROM " + name + " WHERE " + key + " = ? AND _version = ?";
    }

    /** Takes away one record's cells at {@code ordinals}, so that another record may have their values. */
    String free(BitSet ordinals) {
        return "UPDATE " + name + " SET "
                + ordinals.stream()
                        .mapToObj(i -> column(layout.columns().get(i)) + " = NULL")
                        .collect(Collectors.joining(", "))
                + " WHERE " + key + " = ? AND _version = ?";
    }

    /** Sets the cells at {@code changed} and the bookkeeping of a record in one version. */
    String update(BitSet changed, Writers writers) {
        String known = updates.get(new UpdateShape(changed, writers));
        if (known != null) {
            return known;
        }
        StringBuilder sql = new StringBuilder("UPDATE " + name + " SET ");
        changed.stream()
                .forEach(i -> sql.append(column(layout.columns().get(i))).append(" = ?, "));
        sql.append("_version = ?, _change = ?, _at = ?").append(writers.set);
        sql.append(" WHERE ").append(key).append(" = ? AND _version = ?");
        if (updates.size() >= MOST_UPDATE_SHAPES) {
            updates.clear();
        }
        updates.put(new UpdateShape((BitSet) changed.clone(), writers), sql.toString());
        return sql.toString();
    }

    private String cells(int[] ordinals) {
        StringBuilder cells = new StringBuilder();
        for (int ordinal : ordinals) {
            cells.append(column(layout.columns().get(ordinal))).append(", ");
        }
        return cells.toString();
    }

    private static String parameters(int count) {
        return "?, ".repeat(count - 1) + "?";
    }
}
