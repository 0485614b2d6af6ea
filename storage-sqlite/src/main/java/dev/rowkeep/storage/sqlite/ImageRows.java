package dev.rowkeep.storage.sqlite;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Origin;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads images. Each method closes its results. */
final class ImageRows {
    private static final @Nullable Object[] NO_CELLS = new Object[0];

    /** How many keys one statement asks for; few sizes, so that few statements are prepared. */
    private static final int MANY_KEYS = 64;

    private static final int FEW_KEYS = 8;

    private ImageRows() {}

    /** The image of a record, a tombstone included; null if the key was never used. */
    static @Nullable Image read(Session session, StoreTable table, Object key) throws SQLException {
        PreparedStatement query = session.prepared(table.selectByKey());
        query.setObject(1, table.keyParameter(key));
        try (ResultSet row = query.executeQuery()) {
            if (row.next()) {
                return live(session, row, 1, table, key, table.allOrdinals());
            }
        }
        return readAny(session, table, key);
    }

    /** In one statement, because a record can come back between two. */
    private static @Nullable Image readAny(Session session, StoreTable table, Object key) throws SQLException {
        PreparedStatement query = session.prepared(table.selectAnyByKey());
        query.setObject(1, table.keyParameter(key));
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            return row.getInt(1) == 1
                    ? live(session, row, 2, table, key, table.allOrdinals())
                    : image(session, row, 2 + table.allOrdinals().length, key, Liveness.TOMBSTONE, NO_CELLS);
        }
    }

    /** The images of those of {@code keys} that were ever used. Several statements: to be called within a transaction. */
    static List<Image> readAll(Session session, StoreTable table, Collection<Object> keys) throws SQLException {
        List<Image> images = new ArrayList<>(keys.size());
        Set<Object> missing = new LinkedHashSet<>(keys);
        for (List<Object> some : chunks(missing)) {
            PreparedStatement query = session.prepared(table.selectByKeys(width(some)));
            bind(query, table, some);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    images.add(live(session, row, 2, table, key(row, table), table.allOrdinals()));
                }
            }
        }
        images.forEach(image -> missing.remove(image.key()));
        if (!missing.isEmpty() && hasTombstones(session, table)) {
            for (List<Object> some : chunks(missing)) {
                PreparedStatement query = session.prepared(table.selectTombstonesByKeys(width(some)));
                bind(query, table, some);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        images.add(tombstone(session, row, table));
                    }
                }
            }
        }
        return images;
    }

    static boolean hasTombstones(Session session, StoreTable table) throws SQLException {
        PreparedStatement query = session.prepared("SELECT 1 FROM rowkeep_tombstones WHERE store = ? LIMIT 1");
        query.setInt(1, table.layout().id());
        return session.number(query, 0) == 1;
    }

    /** The image in a row whose column {@code from} is the first of the cells at {@code ordinals}. */
    static Image live(Session session, ResultSet row, int from, StoreTable table, Object key, int[] ordinals)
            throws SQLException {
        @Nullable Object[] cells = new Object[table.allOrdinals().length];
        for (int i = 0; i < ordinals.length; i++) {
            int ordinal = ordinals[i];
            cells[ordinal] = SqliteDialect.INSTANCE.cell(
                    row, from + i, table.layout().columns().get(ordinal).type());
        }
        return image(session, row, from + ordinals.length, key, Liveness.LIVE, cells);
    }

    /** The tombstone in a row of the key and the bookkeeping. */
    static Image tombstone(Session session, ResultSet row, StoreTable table) throws SQLException {
        return image(session, row, 2, key(row, table), Liveness.TOMBSTONE, NO_CELLS);
    }

    /** The key in a row's first column. */
    static Object key(ResultSet row, StoreTable table) throws SQLException {
        Object key = SqliteDialect.INSTANCE.cell(row, 1, table.layout().key().type());
        if (key == null) {
            throw new SQLDataException("A row of " + table.name() + " has no key");
        }
        return key;
    }

    private static Image image(
            Session session, ResultSet row, int from, Object key, Liveness liveness, @Nullable Object[] cells)
            throws SQLException {
        long version = row.getLong(from);
        long changeId = row.getLong(from + 1);
        if (version < 1 || ChangeId.sequence(changeId) < 1) {
            throw new SQLDataException("A row has a version or a change that cannot be");
        }
        Author author = session.author(SqliteDialect.text(row, from + 2), row.getInt(from + 3));
        long timeMicros = row.getLong(from + 4);
        boolean byUser = author.origin() == Origin.USER;
        String userAuthor = byUser ? author.name() : SqliteDialect.text(row, from + 5);
        long userTimeMicros = byUser ? timeMicros : userAuthor == null ? 0 : row.getLong(from + 6);
        return new Image(key, version, changeId, liveness, cells, author, timeMicros, userAuthor, userTimeMicros);
    }

    private static List<List<Object>> chunks(Set<Object> keys) {
        List<Object> all = new ArrayList<>(keys);
        List<List<Object>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MANY_KEYS) {
            chunks.add(all.subList(from, Math.min(all.size(), from + MANY_KEYS)));
        }
        return chunks;
    }

    private static int width(List<Object> keys) {
        return keys.size() <= FEW_KEYS ? FEW_KEYS : MANY_KEYS;
    }

    /** The parameters left over are null, which no key equals. */
    private static void bind(PreparedStatement query, StoreTable table, List<Object> keys) throws SQLException {
        int width = width(keys);
        for (int i = 0; i < width; i++) {
            query.setObject(i + 1, i < keys.size() ? table.keyParameter(keys.get(i)) : null);
        }
    }
}
