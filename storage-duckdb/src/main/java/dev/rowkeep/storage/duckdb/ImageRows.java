package dev.rowkeep.storage.duckdb;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.duckdb.user.DuckDBUserArray;
import org.jspecify.annotations.Nullable;

/** Reads images. Each method closes its results. */
final class ImageRows {
    private static final @Nullable Object[] NO_CELLS = new Object[0];

    private ImageRows() {}

    /** The image of a live record. */
    static Optional<Image> live(DuckdbSession session, StoreTable table, Object key) throws SQLException {
        PreparedStatement query = session.prepared(table.selectByKey());
        query.setObject(1, table.keyParameter(key));
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(live(row, table, table.allOrdinals())) : Optional.empty();
        }
    }

    /** The images of those of {@code keys} that were ever used. Two statements: to be called within a transaction. */
    static List<Image> readAll(DuckdbSession session, StoreTable table, Collection<Object> keys) throws SQLException {
        List<Image> images = new ArrayList<>(keys.size());
        Set<Object> missing = new LinkedHashSet<>(keys);
        ColumnType<?> keyType = table.layout().key().type();
        PreparedStatement live = session.prepared(table.selectByKeys());
        live.setObject(1, DuckdbDialect.array(keyType, missing));
        try (ResultSet row = live.executeQuery()) {
            while (row.next()) {
                images.add(live(row, table, table.allOrdinals()));
            }
        }
        images.forEach(image -> missing.remove(image.key()));
        if (!missing.isEmpty()) {
            PreparedStatement dead = session.prepared(table.selectTombstonesByKeys());
            dead.setObject(
                    1,
                    new DuckDBUserArray(
                            "VARCHAR", missing.stream().map(String::valueOf).toArray()));
            try (ResultSet row = dead.executeQuery()) {
                while (row.next()) {
                    images.add(tombstone(row, keyType));
                }
            }
        }
        return images;
    }

    /** The tombstone in a row of the key's text and the bookkeeping. */
    static Image tombstone(ResultSet row, ColumnType<?> keyType) throws SQLException {
        return image(row, 2, key(row.getString(1), keyType), Liveness.TOMBSTONE, NO_CELLS);
    }

    /** The live image in a row of the key, the cells at {@code ordinals} and the bookkeeping. */
    static Image live(ResultSet row, StoreTable table, int[] ordinals) throws SQLException {
        Object key = DuckdbDialect.INSTANCE.cell(row, 1, table.layout().key().type());
        if (key == null) {
            throw new SQLDataException("A row of " + table.name() + " has no key");
        }
        @Nullable Object[] cells = new Object[table.allOrdinals().length];
        for (int i = 0; i < ordinals.length; i++) {
            int ordinal = ordinals[i];
            cells[ordinal] = DuckdbDialect.INSTANCE.cell(
                    row, 2 + i, table.layout().columns().get(ordinal).type());
        }
        return image(row, 2 + ordinals.length, key, Liveness.LIVE, cells);
    }

    private static Image image(ResultSet row, int from, Object key, Liveness liveness, @Nullable Object[] cells)
            throws SQLException {
        long version = row.getLong(from);
        long changeId = row.getLong(from + 1);
        if (version < 1 || ChangeId.sequence(changeId) < 1) {
            throw new SQLDataException("A row has a version or a change that cannot be");
        }
        Author author = author(row.getString(from + 2), row.getString(from + 3));
        String userAuthor = row.getString(from + 5);
        return new Image(
                key,
                version,
                changeId,
                liveness,
                cells,
                author,
                row.getLong(from + 4),
                userAuthor,
                userAuthor == null ? 0 : row.getLong(from + 6));
    }

    static Author author(@Nullable String name, @Nullable String origin) throws SQLDataException {
        try {
            if (name != null && origin != null) {
                return new Author(name, Origin.valueOf(origin));
            }
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("An author has a name or an origin that cannot be", e);
        }
        throw new SQLDataException("An author has no name or no origin");
    }

    /** The key of a column of {@code type} whose text is {@code text}. */
    static Object key(String text, ColumnType<?> type) throws SQLDataException {
        try {
            return switch (type.kind()) {
                case INTEGER -> Long.valueOf(text);
                case UUID -> UUID.fromString(text);
                default -> text;
            };
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("The log holds a key that is none of its store");
        }
    }
}
