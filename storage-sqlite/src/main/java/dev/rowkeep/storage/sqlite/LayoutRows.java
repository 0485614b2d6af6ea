package dev.rowkeep.storage.sqlite;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Sensitivity;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layouts in the tables {@code rowkeep_stores}, {@code rowkeep_columns} and {@code rowkeep_indexes}. */
final class LayoutRows {
    private static final int KEY_PLACE = 0;

    private static final String KNOWS_SENSITIVITY =
            "SELECT count(*) FROM pragma_table_info('rowkeep_columns') WHERE name = 'sensitivity'";

    private LayoutRows() {}

    /** Databases of the same format did not have columns' sensitivity at first; what is in them is ordinary. */
    static void complete(Session session) throws SQLException {
        if (!knowsSensitivity(session)) {
            session.execute("BEGIN IMMEDIATE");
            if (!knowsSensitivity(session)) {
                session.execute("ALTER TABLE rowkeep_columns ADD COLUMN sensitivity TEXT NOT NULL DEFAULT 'ORDINARY'");
            }
            session.execute("COMMIT");
        }
    }

    private static boolean knowsSensitivity(Session session) throws SQLException {
        return session.number(session.prepared(KNOWS_SENSITIVITY), 0) == 1;
    }

    static List<StoreLayout> read(Session session) throws SQLException {
        record Store(int id, @Nullable String name) {}
        List<Store> stores = new ArrayList<>();
        try (ResultSet row = session.prepared("SELECT id, name FROM rowkeep_stores ORDER BY id")
                .executeQuery()) {
            while (row.next()) {
                stores.add(new Store(row.getInt(1), row.getString(2)));
            }
        }
        List<StoreLayout> layouts = new ArrayList<>();
        for (Store store : stores) {
            if (store.name() == null) {
                throw new SQLDataException("Store number " + store.id() + " has no name");
            }
            try {
                layouts.add(layout(session, store.id(), store.name()));
            } catch (IllegalArgumentException e) {
                throw new SQLDataException("The catalogue holds no store number " + store.id() + " that could be", e);
            }
        }
        return layouts;
    }

    private static StoreLayout layout(Session session, int id, String name) throws SQLException {
        List<LayoutColumn> columns = columns(session, id);
        return new StoreLayout(id, name, columns.get(0), columns.subList(1, columns.size()), indexes(session, id));
    }

    private static List<LayoutColumn> columns(Session session, int store) throws SQLException {
        List<LayoutColumn> columns = new ArrayList<>();
        String sensitivity = knowsSensitivity(session) ? "sensitivity" : "'ORDINARY'";
        PreparedStatement query = session.prepared("SELECT id, name, kind, digits, scale, names, " + sensitivity
                + " FROM rowkeep_columns WHERE store = ? ORDER BY place");
        query.setInt(1, store);
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String name = row.getString(2);
                String kind = row.getString(3);
                if (name == null || kind == null) {
                    throw new SQLDataException("A column of store number " + store + " has no name or no kind");
                }
                ColumnType<?> type = type(kind, row.getInt(4), row.getInt(5), row.getString(6));
                columns.add(new LayoutColumn(row.getInt(1), name, type, Sensitivity.valueOf(row.getString(7))));
            }
        }
        if (columns.isEmpty()) {
            throw new SQLDataException("Store number " + store + " has no key in rowkeep_columns");
        }
        return columns;
    }

    private static ColumnType<?> type(String kind, int digits, int scale, @Nullable String names) throws SQLException {
        try {
            return switch (Kind.valueOf(kind)) {
                case TEXT -> ColumnType.TEXT;
                case INTEGER -> ColumnType.INTEGER;
                case DECIMAL -> ColumnType.decimal(digits, scale);
                case DOUBLE -> ColumnType.DOUBLE;
                case BOOLEAN -> ColumnType.BOOLEAN;
                case DATE -> ColumnType.DATE;
                case TIMESTAMP -> ColumnType.TIMESTAMP;
                case UUID -> ColumnType.UUID;
                case ENUM -> ColumnType.enumeration(JsonTexts.read(names == null ? "[]" : names));
                case BYTES -> ColumnType.BYTES;
                case TEXT_SET -> ColumnType.TEXT_SET;
                case JSON -> ColumnType.JSON;
            };
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("The table rowkeep_columns holds no type that this RowKeep knows", e);
        }
    }

    private static List<LayoutIndex> indexes(Session session, int store) throws SQLException {
        List<LayoutIndex> indexes = new ArrayList<>();
        PreparedStatement query =
                session.prepared("SELECT columns, uniqueness FROM rowkeep_indexes WHERE store = ? ORDER BY place");
        query.setInt(1, store);
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String columns = row.getString(1);
                String uniqueness = row.getString(2);
                if (columns == null || uniqueness == null) {
                    throw new SQLDataException("An index of store number " + store + " has no columns or no kind");
                }
                indexes.add(new LayoutIndex(JsonTexts.read(columns), Uniqueness.valueOf(uniqueness)));
            }
        }
        return indexes;
    }

    static void write(Session session, StoreLayout layout) throws SQLException {
        for (String table : List.of("rowkeep_columns", "rowkeep_indexes")) {
            PreparedStatement delete = session.prepared("DELETE FROM " + table + " WHERE store = ?");
            delete.setInt(1, layout.id());
            delete.executeUpdate();
        }
        PreparedStatement store = session.prepared("INSERT OR IGNORE INTO rowkeep_stores VALUES (?, ?)");
        store.setInt(1, layout.id());
        store.setString(2, layout.name());
        store.executeUpdate();
        write(session, layout, layout.key(), KEY_PLACE);
        for (int i = 0; i < layout.columns().size(); i++) {
            write(session, layout, layout.columns().get(i), KEY_PLACE + 1 + i);
        }
        PreparedStatement insert = session.prepared("INSERT INTO rowkeep_indexes VALUES (?, ?, ?, ?)");
        for (int i = 0; i < layout.indexes().size(); i++) {
            LayoutIndex index = layout.indexes().get(i);
            insert.setInt(1, layout.id());
            insert.setInt(2, i + 1);
            insert.setString(3, JsonTexts.write(index.columns()));
            insert.setString(4, index.uniqueness().name());
            insert.executeUpdate();
        }
    }

    private static void write(Session session, StoreLayout layout, LayoutColumn column, int place) throws SQLException {
        PreparedStatement insert = session.prepared("INSERT INTO rowkeep_columns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        ColumnType<?> type = column.type();
        boolean isDecimal = type.kind() == Kind.DECIMAL;
        insert.setInt(1, layout.id());
        insert.setInt(2, column.id());
        insert.setInt(3, place);
        insert.setString(4, column.name());
        insert.setString(5, type.kind().name());
        insert.setObject(6, isDecimal ? type.precision() : null);
        insert.setObject(7, isDecimal ? type.scale() : null);
        insert.setObject(8, type.kind() == Kind.ENUM ? JsonTexts.write(type.names()) : null);
        insert.setString(9, column.sensitivity().name());
        insert.executeUpdate();
    }
}
