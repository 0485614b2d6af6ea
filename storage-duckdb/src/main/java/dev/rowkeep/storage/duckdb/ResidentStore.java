package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.spi.UniqueIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one store without asking the database: the version of every key that was ever used, who holds which unique value, and
 * the images that the database does not hold yet. Owned as {@link Resident} says.
 */
final class ResidentStore {
    private final StoreTable table;
    private final Map<Object, Long> versions;
    private final List<UniqueIndex> uniques;
    private final Map<Object, Image> unprojected = new HashMap<>();

    /** Takes over {@code versions}. */
    ResidentStore(StoreLayout layout, Map<Object, Long> versions, List<UniqueIndex> uniques) {
        this.table = new StoreTable(layout);
        this.versions = versions;
        this.uniques = uniques;
    }

    StoreLayout layout() {
        return table.layout();
    }

    StoreTable table() {
        return table;
    }

    List<UniqueIndex> uniques() {
        return uniques;
    }

    /** The version of a record, tombstones included; 0 if the key was never used. */
    long version(Object key) {
        return versions.getOrDefault(key, 0L);
    }

    /** The image that the database does not hold yet; null if it holds the newest. */
    @Nullable
    Image unprojected(Object key) {
        return unprojected.get(key);
    }

    void put(Image image) {
        versions.put(image.key(), image.version());
        unprojected.put(image.key(), image);
    }

    /** Takes note that the database holds {@code image} now. */
    void projected(Image image) {
        unprojected.remove(image.key(), image);
    }

    /** The key of the live record that holds {@code value} in a unique column; null if none does. */
    @Nullable
    Object owner(int ordinal, Object value) {
        LayoutIndex wanted =
                new LayoutIndex(List.of(layout().columns().get(ordinal).name()), Uniqueness.UNIQUE);
        for (UniqueIndex unique : uniques) {
            if (unique.index().equals(wanted)) {
                return unique.owner(List.of(value));
            }
        }
        throw new IllegalArgumentException(
                "Store " + layout().name() + " has no unique index over " + wanted.columns());
    }

    static StorageException missing(int storeId) {
        return new StorageException(
                Kind.PERMANENT, "Store number " + storeId + " is not in this storage. Install its layout first.", null);
    }
}
