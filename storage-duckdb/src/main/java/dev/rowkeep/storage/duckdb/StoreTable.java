package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.jdbc.Identifiers;
import dev.rowkeep.storage.jdbc.QuerySql;
import java.util.stream.IntStream;

/** The SQL texts of one store in one form of its layout. Immutable. */
final class StoreTable {
    /** What a row holds beside its key and cells, in the order in which {@link ImageRows} reads it. */
    private static final String READ_BOOKKEEPING =
            "_version, _change, _by, _origin, epoch_us(_at), _user_by, epoch_us(_user_at)";

    private static final String DECLARED_BOOKKEEPING = "_version BIGINT NOT NULL, _change BIGINT NOT NULL,"
            + " _by VARCHAR NOT NULL, _origin VARCHAR NOT NULL, _at TIMESTAMP NOT NULL, _user_by VARCHAR, _user_at TIMESTAMP";

    private static final String READ_TOMBSTONE =
            "version, change, author, origin, epoch_us(time), user_author, epoch_us(user_time) FROM rowkeep_tombstones"
                    + " WHERE store = ";

    private final StoreLayout layout;
    private final String name;
    private final String key;
    private final int[] allOrdinals;
    private final QuerySql queries;

    StoreTable(StoreLayout layout) {
        this.layout = layout;
        this.name = Identifiers.quoted(layout.name());
        this.key = DuckdbDialect.INSTANCE.column(layout.key());
        this.allOrdinals = IntStream.range(0, layout.columns().size()).toArray();
        this.queries = new QuerySql(DuckdbDialect.INSTANCE, layout, name);
    }

    StoreLayout layout() {
        return layout;
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

    Object keyParameter(Object canonicalKey) {
        return DuckdbDialect.INSTANCE.parameter(layout.key().type(), canonicalKey);
    }

    String create() {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + " (" + key + " "
                + DuckdbDialect.declaredType(layout.key().type()) + " NOT NULL, ");
        for (StoreLayout.LayoutColumn column : layout.columns()) {
            sql.append(declaration(column)).append(", ");
        }
        return sql.append(DECLARED_BOOKKEEPING).append(")").toString();
    }

    static String declaration(StoreLayout.LayoutColumn column) {
        return DuckdbDialect.INSTANCE.column(column) + " " + DuckdbDialect.declaredType(column.type());
    }

    /** What a query selects: the key, the cells at {@code ordinals}, the bookkeeping. */
    String selected(int[] ordinals) {
        return key + ", " + cells(ordinals) + READ_BOOKKEEPING;
    }

    /** The key, cells and bookkeeping of one live record. */
    String selectByKey() {
        return "SELECT " + selected(allOrdinals) + " FROM " + name + " WHERE " + key + " = ?";
    }

    /** The live records with one of the keys in an array. */
    String selectByKeys() {
        return "SELECT " + selected(allOrdinals) + " FROM " + name + " WHERE " + key + " IN (SELECT unnest(?))";
    }

    /** The key's text and the bookkeeping of the tombstones with one of the texts in an array. */
    String selectTombstonesByKeys() {
        return "SELECT key, " + READ_TOMBSTONE + layout.id() + " AND key IN (SELECT unnest(?))";
    }

    /** The key's text and the bookkeeping of all tombstones. */
    String selectTombstones() {
        return "SELECT key, " + READ_TOMBSTONE + layout.id();
    }

    /** Takes away the rows with the keys in an array. */
    String deleteByKeys() {
        return "DELETE FROM " + name + " WHERE " + key + " IN (SELECT unnest(?))";
    }

    private String cells(int[] ordinals) {
        StringBuilder cells = new StringBuilder();
        for (int ordinal : ordinals) {
            cells.append(DuckdbDialect.INSTANCE.column(layout.columns().get(ordinal)))
                    .append(", ");
        }
        return cells.toString();
    }
}
