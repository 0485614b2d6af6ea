package dev.rowkeep.memory;

import dev.rowkeep.internal.query.ConditionEvaluation;
import dev.rowkeep.internal.query.Images;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.spi.UniqueIndex;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The records of one store, tombstones included, with their histories and unique values. Its owner, {@link MemoryContent}, lets one
 * thread change it while no other reads.
 */
final class MemoryTable {
    private final StoreLayout layout;
    private final NavigableMap<Object, Image> images;
    private final Map<Object, RecordHistory> histories;
    private final List<UniqueIndex> uniques;
    private long contentsDroppedThrough;

    private MemoryTable(
            StoreLayout layout,
            NavigableMap<Object, Image> images,
            Map<Object, RecordHistory> histories,
            long contentsDroppedThrough) {
        this.contentsDroppedThrough = contentsDroppedThrough;
        this.layout = layout;
        this.images = images;
        this.histories = histories;
        this.uniques = layout.indexes().stream()
                .filter(index -> index.uniqueness() == Uniqueness.UNIQUE)
                .map(index -> UniqueIndex.over(layout, index, images.values()))
                .toList();
    }

    static MemoryTable empty(StoreLayout layout) {
        return new MemoryTable(layout, new TreeMap<>(layout.key().type()::compare), new HashMap<>(), 0);
    }

    /**
     * A new table in the form {@code evolved}, to replace this one: with cells for new columns, and new indexes.
     *
     * @throws StorageException {@code UNIQUE_TAKEN} if records share a value of a new unique index
     */
    MemoryTable evolvedTo(StoreLayout evolved) {
        int[] sources = evolved.columns().stream().mapToInt(this::ordinalOf).toArray();
        if (Arrays.stream(sources).filter(source -> source >= 0).count()
                < layout.columns().size()) {
            throw new StorageException(
                    StorageException.Kind.PERMANENT,
                    "The new layout of store " + layout.name()
                            + " lacks columns that the storage holds. Layouts only grow.",
                    null);
        }
        NavigableMap<Object, Image> moved = new TreeMap<>(images);
        moved.replaceAll((key, image) -> moved(image, sources));
        return new MemoryTable(evolved, moved, histories, contentsDroppedThrough);
    }

    /** Puts what {@code sealing} makes of each change of these records in its place. */
    void replaceChanges(Collection<Object> keys, UnaryOperator<LoggedChange> sealing) {
        keys.stream().map(histories::get).filter(Objects::nonNull).forEach(history -> history.replaceChanges(sealing));
    }

    private int ordinalOf(LayoutColumn column) {
        for (int i = 0; i < layout.columns().size(); i++) {
            if (layout.columns().get(i).id() == column.id()) {
                return i;
            }
        }
        return -1;
    }

    private static Image moved(Image image, int[] sources) {
        if (!image.isLive()) {
            return image;
        }
        @Nullable Object[] cells = new Object[sources.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = sources[i] < 0 ? null : image.cells()[sources[i]];
        }
        return Images.withCells(image, cells);
    }

    StoreLayout layout() {
        return layout;
    }

    @Nullable
    Image image(Object key) {
        return images.get(key);
    }

    /** Every image by key, in the key's order. */
    NavigableMap<Object, Image> images() {
        return Collections.unmodifiableNavigableMap(images);
    }

    RecordHistory history(Object key) {
        return histories.getOrDefault(key, RecordHistory.EMPTY);
    }

    /** The newest version of a record as of the commit {@code sequence}, which was not dropped; 0 if there is none. */
    long versionAt(Object key, long sequence) {
        Image image = images.get(key);
        return image == null ? 0 : history(key).versionAt(sequence, image.version());
    }

    /** Puts a change without contents in the place of the one that made the same version. */
    void dropContents(LoggedChange dropped) {
        history(dropped.key()).replace(dropped);
        contentsDroppedThrough = Math.max(contentsDroppedThrough, ChangeId.sequence(dropped.id()));
    }

    /** The newest commit of which the contents of a change were dropped; 0 if there is none. */
    long contentsDroppedThrough() {
        return contentsDroppedThrough;
    }

    /** Forgets the versions that commits up to {@code sequence} have made. */
    void dropThrough(long sequence) {
        histories.values().removeIf(history -> {
            history.dropThrough(sequence);
            return history.all().isEmpty();
        });
    }

    /** Every record's history by key. */
    Map<Object, RecordHistory> histories() {
        return Collections.unmodifiableMap(histories);
    }

    List<UniqueIndex> uniques() {
        return uniques;
    }

    /** The key of the live record that holds {@code value} in a unique column; null if none does. */
    @Nullable
    Object owner(int ordinal, Object value) {
        LayoutIndex wanted =
                new LayoutIndex(List.of(layout.columns().get(ordinal).name()), Uniqueness.UNIQUE);
        for (UniqueIndex unique : uniques) {
            if (unique.index().equals(wanted)) {
                return unique.owner(List.of(value));
            }
        }
        throw new IllegalArgumentException("Store " + layout.name() + " has no unique index over " + wanted.columns());
    }

    long count(Condition where) {
        ConditionEvaluation evaluation = ConditionEvaluation.of(layout, where);
        return images.values().stream().filter(evaluation::test).count();
    }

    void put(Image image) {
        images.put(image.key(), image);
    }

    void append(LoggedVersion version) {
        histories
                .computeIfAbsent(version.change().key(), key -> new RecordHistory())
                .append(version);
    }
}
