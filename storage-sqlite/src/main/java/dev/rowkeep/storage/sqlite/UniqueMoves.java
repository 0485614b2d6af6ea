package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which cells a plan must empty before it sets any, because another record of the plan takes their unique value: SQLite tests
 * uniqueness after every row, so that two values could not be swapped.
 */
final class UniqueMoves {
    private UniqueMoves() {}

    /** The writes with cells to be emptied, and the places of those. */
    static IdentityHashMap<RowWrite, BitSet> of(List<RowWrite> writes) {
        IdentityHashMap<RowWrite, BitSet> freed = new IdentityHashMap<>();
        if (writes.size() < 2) {
            return freed;
        }
        Map<Integer, List<RowWrite>> byStore = new LinkedHashMap<>();
        for (RowWrite write : writes) {
            if (write.after().isLive() && hasUnique(write.layout())) {
                byStore.computeIfAbsent(write.layout().id(), id -> new ArrayList<>())
                        .add(write);
            }
        }
        byStore.values().stream().filter(some -> some.size() > 1).forEach(some -> add(some, freed));
        return freed;
    }

    private static boolean hasUnique(StoreLayout layout) {
        for (LayoutIndex index : layout.indexes()) {
            if (index.uniqueness() == Uniqueness.UNIQUE) {
                return true;
            }
        }
        return false;
    }

    private static void add(List<RowWrite> writes, IdentityHashMap<RowWrite, BitSet> freed) {
        StoreLayout layout = writes.get(0).layout();
        for (LayoutIndex index : layout.indexes()) {
            if (index.uniqueness() == Uniqueness.UNIQUE) {
                int[] ordinals =
                        index.columns().stream().mapToInt(layout::ordinal).toArray();
                Set<List<Object>> taken = new HashSet<>();
                for (RowWrite write : writes) {
                    if (changes(write, ordinals)) {
                        addIfThere(values(write.after(), ordinals), taken);
                    }
                }
                for (RowWrite write : writes) {
                    Image before = write.before();
                    if (before != null && before.isLive() && changes(write, ordinals)) {
                        List<Object> old = values(before, ordinals);
                        if (old != null && taken.contains(old)) {
                            freed.computeIfAbsent(write, any -> new BitSet()).set(firstCell(ordinals));
                        }
                    }
                }
            }
        }
    }

    private static boolean changes(RowWrite write, int[] ordinals) {
        Image before = write.before();
        if (before == null || !before.isLive()) {
            return true;
        }
        for (int ordinal : ordinals) {
            if (ordinal >= 0 && write.changed().get(ordinal)) {
                return true;
            }
        }
        return false;
    }

    private static void addIfThere(@Nullable List<Object> values, Set<List<Object>> taken) {
        if (values != null) {
            taken.add(values);
        }
    }

    /** The index's values of an image; null if one is missing, since then they count for nothing. */
    private static @Nullable List<Object> values(Image image, int[] ordinals) {
        List<Object> values = new ArrayList<>(ordinals.length);
        for (int ordinal : ordinals) {
            Object value = ordinal < 0 ? image.key() : image.cells()[ordinal];
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    private static int firstCell(int[] ordinals) {
        for (int ordinal : ordinals) {
            if (ordinal >= 0) {
                return ordinal;
            }
        }
        throw new IllegalArgumentException("A unique index has no column beside the key");
    }
}
