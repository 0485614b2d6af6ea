package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.storage.jdbc.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements that bring a store's table and indexes from one form of its layout to the next. */
final class TableEvolution {
    private static final String BOOKKEEPING = """
            _version INTEGER NOT NULL,
            _change INTEGER NOT NULL,
            _position INTEGER GENERATED ALWAYS AS (_change >> 20) VIRTUAL,
            _by TEXT NOT NULL,
            _origin INTEGER NOT NULL,
            _at INTEGER NOT NULL,
            _user_by TEXT,
            _user_at INTEGER""";

    private TableEvolution() {}

    /**
     * The statements, in order.
     *
     * @throws StorageException {@code PERMANENT} if the new form lacks or changes a column of the old one
     */
    static List<String> statements(@Nullable StoreLayout before, StoreLayout after) {
        List<String> statements = new ArrayList<>();
        if (before == null) {
            statements.add(createTable(after));
        } else {
            addColumns(before, after, statements);
        }
        Map<String, LayoutIndex> old = before == null ? Map.of() : indexes(before);
        Map<String, LayoutIndex> wanted = indexes(after);
        old.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> statements.add("DROP INDEX IF EXISTS " + Identifiers.quoted(name)));
        wanted.forEach((name, index) -> {
            if (!old.containsKey(name)) {
                statements.add(createIndex(after, name, index));
            }
        });
        return statements;
    }

    /** The indexes of a layout by their names in the database, which say the store's and the columns' numbers. */
    static Map<String, LayoutIndex> indexes(StoreLayout layout) {
        Map<String, LayoutIndex> indexes = new LinkedHashMap<>();
        for (LayoutIndex index : layout.indexes()) {
            String prefix = index.uniqueness() == Uniqueness.UNIQUE ? "rowkeep_unique_" : "rowkeep_index_";
            String columns = index.columns().stream()
                    .map(name -> String.valueOf(column(layout, name).id()))
                    .collect(Collectors.joining("_"));
            indexes.put(prefix + layout.id() + "_" + columns, index);
        }
        return indexes;
    }

    private static String createTable(StoreLayout layout) {
        List<String> parts = new ArrayList<>();
        parts.add(declaration(layout.key()) + " NOT NULL PRIMARY KEY");
        layout.columns().forEach(column -> parts.addAll(declarations(column)));
        parts.add(BOOKKEEPING);
        return "CREATE TABLE " + Identifiers.quoted(layout.name()) + " (\n" + String.join(",\n", parts) + "\n) STRICT";
    }

    private static void addColumns(StoreLayout before, StoreLayout after, List<String> statements) {
        Map<Integer, LayoutColumn> wanted =
                after.columns().stream().collect(Collectors.toMap(LayoutColumn::id, column -> column));
        requireSame(after, before.key(), after.key());
        for (LayoutColumn old : before.columns()) {
            requireSame(after, old, wanted.remove(old.id()));
        }
        for (LayoutColumn column : after.columns()) {
            if (wanted.containsKey(column.id())) {
                for (String declaration : declarations(column)) {
                    statements.add("ALTER TABLE " + Identifiers.quoted(after.name()) + " ADD COLUMN " + declaration);
                }
            }
        }
    }

    private static void requireSame(StoreLayout layout, LayoutColumn old, @Nullable LayoutColumn now) {
        boolean same = now != null
                && now.name().equals(old.name())
                && now.type().kind() == old.type().kind()
                && now.type().precision() == old.type().precision()
                && now.type().scale() == old.type().scale();
        if (!same) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot change store " + layout.name() + ": its column " + old.name()
                            + " would be taken away or change its type. Columns and indexes can only be added.",
                    null);
        }
    }

    private static List<String> declarations(LayoutColumn column) {
        if (!SqliteDialect.hasReadableTwin(column)) {
            return List.of(declaration(column));
        }
        String units = "1" + "0".repeat(column.type().scale()) + ".0";
        return List.of(
                declaration(column),
                Identifiers.quoted(column.name()) + " REAL GENERATED ALWAYS AS (" + StoreTable.column(column) + " / "
                        + units + ") VIRTUAL");
    }

    private static String declaration(LayoutColumn column) {
        return StoreTable.column(column) + " " + SqliteDialect.declaredType(column.type());
    }

    /** With the key last, a shared index gives pages in the order of its columns and the key without sorting. */
    private static String createIndex(StoreLayout layout, String name, LayoutIndex index) {
        List<String> columns = new ArrayList<>();
        index.columns().forEach(column -> columns.add(StoreTable.column(column(layout, column))));
        String key = StoreTable.column(layout.key());
        if (index.uniqueness() == Uniqueness.SHARED && !columns.contains(key)) {
            columns.add(key);
        }
        return "CREATE " + (index.uniqueness() == Uniqueness.UNIQUE ? "UNIQUE " : "") + "INDEX "
                + Identifiers.quoted(name) + " ON " + Identifiers.quoted(layout.name()) + " ("
                + String.join(", ", columns) + ")";
    }

    private static LayoutColumn column(StoreLayout layout, String name) {
        int ordinal = layout.ordinal(name);
        return ordinal < 0 ? layout.key() : layout.columns().get(ordinal);
    }
}
