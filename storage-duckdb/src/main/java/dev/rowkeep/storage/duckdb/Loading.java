package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.spi.UniqueIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what is resident of what the database holds. */
final class Loading {
    private Loading() {}

    /** Everything that is resident, of a database that holds every entry up to the one its meta says. */
    static Resident resident(DuckdbSession session) throws SQLException {
        Format.Meta meta = Format.meta(session);
        List<ResidentStore> stores = new ArrayList<>();
        for (StoreLayout layout : Format.layouts(session).values()) {
            stores.add(store(session, layout, layout));
        }
        return new Resident(
                meta.projected(),
                new Resident.Past(Format.start(session), DroppedContents.through(session)),
                meta.head(),
                stores,
                Format.requests(session));
    }

    /**
     * A store in the form {@code layout}, to be installed.
     *
     * @throws StorageException {@code UNIQUE_TAKEN} if records share a value of a new unique index; {@code PERMANENT} if the form takes
     *     columns away or changes them, or the name is another store's
     */
    static ResidentStore installed(DuckdbSession session, Resident resident, StoreLayout layout) throws SQLException {
        StoreLayout held = null;
        for (StoreLayout other : resident.layouts()) {
            boolean sameName = other.name().equalsIgnoreCase(layout.name());
            if (sameName != (other.id() == layout.id())) {
                throw new StorageException(
                        Kind.PERMANENT,
                        "Cannot install store " + layout.name() + " as number " + layout.id() + ": number " + other.id()
                                + " is store " + other.name() + " (DuckDB ignores case). Give the store another name.",
                        null);
            }
            held = sameName ? other : held;
        }
        if (held == null) {
            return new ResidentStore(layout, new HashMap<>(), uniques(layout, List.of()));
        }
        requireSame(layout, held.key(), layout.key());
        for (LayoutColumn old : held.columns()) {
            requireSame(layout, old, column(layout, old.id()));
        }
        return store(session, held, layout);
    }

    /**
     * A store that holds {@code images}, none of which the database has yet.
     *
     * @throws StorageException {@code UNIQUE_TAKEN} if some share a value of a unique index
     */
    static ResidentStore begun(StoreLayout layout, List<Image> images) {
        ResidentStore store = new ResidentStore(layout, new HashMap<>(), uniques(layout, images));
        images.forEach(store::put);
        return store;
    }

    private static void requireSame(StoreLayout layout, LayoutColumn old, @Nullable LayoutColumn now) {
        boolean same = now != null
                && now.name().equals(old.name())
                && now.type().kind() == old.type().kind()
                && now.type().precision() == old.type().precision()
                && now.type().scale() == old.type().scale()
                && now.sensitivity() == old.sensitivity();
        if (!same) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot change store " + layout.name() + ": its column " + old.name()
                            + " would be taken away or change its type. Columns and indexes can only be added.",
                    null);
        }
    }

    private static @Nullable LayoutColumn column(StoreLayout layout, int id) {
        return layout.columns().stream()
                .filter(column -> column.id() == id)
                .findFirst()
                .orElse(null);
    }

    /** A store that the database holds in the form {@code held}, in the form {@code wanted}. */
    private static ResidentStore store(DuckdbSession session, StoreLayout held, StoreLayout wanted)
            throws SQLException {
        Map<Object, Long> versions = new HashMap<>();
        List<Image> images = new ArrayList<>();
        boolean hasUniques = wanted.indexes().stream().anyMatch(index -> index.uniqueness() == Uniqueness.UNIQUE);
        StoreTable table = new StoreTable(held);
        int[] ordinals = hasUniques ? uniqueOrdinals(held, wanted) : new int[0];
        try (ResultSet row = session.prepared("SELECT " + table.selected(ordinals) + " FROM " + table.name())
                .executeQuery()) {
            while (row.next()) {
                Image image = ImageRows.live(row, table, ordinals);
                versions.put(image.key(), image.version());
                if (hasUniques) {
                    images.add(inForm(image, held, wanted));
                }
            }
        }
        try (ResultSet row = session.prepared("SELECT key, version FROM rowkeep_tombstones WHERE store = " + held.id())
                .executeQuery()) {
            while (row.next()) {
                versions.put(ImageRows.key(row.getString(1), held.key().type()), row.getLong(2));
            }
        }
        return new ResidentStore(wanted, versions, uniques(wanted, images));
    }

    private static int[] uniqueOrdinals(StoreLayout held, StoreLayout wanted) {
        BitSet ordinals = new BitSet();
        for (LayoutIndex index : wanted.indexes()) {
            for (String name : index.columns()) {
                boolean isHeld =
                        held.columns().stream().anyMatch(column -> column.name().equals(name));
                if (index.uniqueness() == Uniqueness.UNIQUE && isHeld) {
                    ordinals.set(held.ordinal(name));
                }
            }
        }
        return ordinals.stream().toArray();
    }

    private static Image inForm(Image image, StoreLayout held, StoreLayout wanted) {
        @Nullable Object[] cells = new Object[wanted.columns().size()];
        for (int i = 0; i < held.columns().size(); i++) {
            cells[wanted.ordinal(held.columns().get(i).name())] = image.cells()[i];
        }
        return new Image(
                image.key(),
                image.version(),
                image.changeId(),
                image.liveness(),
                cells,
                image.author(),
                image.timeMicros(),
                image.userAuthor(),
                image.userTimeMicros());
    }

    private static List<UniqueIndex> uniques(StoreLayout layout, List<Image> images) {
        return layout.indexes().stream()
                .filter(index -> index.uniqueness() == Uniqueness.UNIQUE)
                .map(index -> UniqueIndex.over(layout, index, images))
                .toList();
    }
}
