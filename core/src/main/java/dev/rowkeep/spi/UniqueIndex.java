package dev.rowkeep.spi;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which value of a unique index, for storages that keep this in memory. Records that lack a part of the value hold none. Not
 * safe for use by several threads where one of them applies an update.
 */
public final class UniqueIndex {
    private final StoreLayout layout;
    private final LayoutIndex index;
    private final int[] ordinals;
    private final Comparator<List<Object>> order;
    private final Map<List<Object>, Object> owners;

    /**
     * One record's step.
     *
     * @param before what is held; null if nothing is
     * @param after what will be
     */
    public record Step(@Nullable Image before, Image after) {}

    /**
     * What steps do to the index, found to be possible: first the old values are freed, then the new ones are set.
     *
     * @param freed the values that are freed
     * @param set the keys of the new holders, by value
     */
    public record Update(Set<List<Object>> freed, Map<List<Object>, Object> set) {}

    private UniqueIndex(StoreLayout layout, LayoutIndex index) {
        this.layout = layout;
        this.index = index;
        this.ordinals = index.columns().stream().mapToInt(layout::ordinal).toArray();
        this.order = this::compare;
        this.owners = new TreeMap<>(order);
    }

    /**
     * The index over {@code images}.
     *
     * @throws StorageException {@code UNIQUE_TAKEN} if two share a value
     */
    public static UniqueIndex over(StoreLayout layout, LayoutIndex index, Collection<Image> images) {
        UniqueIndex unique = new UniqueIndex(layout, index);
        List<Step> steps = images.stream().map(image -> new Step(null, image)).toList();
        unique.apply(unique.check(steps));
        return unique;
    }

    /** Which index it is. */
    public LayoutIndex index() {
        return index;
    }

    /** The key of the record that holds {@code value}. */
    public @Nullable Object owner(List<Object> value) {
        return owners.get(value);
    }

    /**
     * What {@code steps}, all of different records, do to this index.
     *
     * @throws StorageException {@code UNIQUE_TAKEN} if two records would hold one value at the end
     */
    public Update check(Collection<Step> steps) {
        Set<List<Object>> freed = new TreeSet<>(order);
        Map<List<Object>, Object> set = new TreeMap<>(order);
        for (Step step : steps) {
            Optional<List<Object>> before = Optional.ofNullable(step.before()).flatMap(this::value);
            Optional<List<Object>> after = value(step.after());
            if (before.isPresent() && after.isPresent() && compare(before.get(), after.get()) == 0) {
                continue;
            }
            before.ifPresent(freed::add);
            if (after.isPresent() && set.put(after.get(), step.after().key()) != null) {
                throw taken(step.after().key());
            }
        }
        set.forEach((value, key) -> {
            if (owners.containsKey(value) && !freed.contains(value)) {
                throw taken(key);
            }
        });
        return new Update(freed, set);
    }

    /** Carries out what {@link #check} found to be possible. */
    public void apply(Update update) {
        update.freed().forEach(owners::remove);
        owners.putAll(update.set());
    }

    /** What is wrong with this index over {@code images}, which it was kept for. */
    public Optional<String> fault(Collection<Image> images) {
        Map<List<Object>, Object> expected = new TreeMap<>(order);
        for (Image image : images) {
            Optional<List<Object>> value = value(image);
            if (value.isPresent() && expected.put(value.get(), image.key()) != null) {
                return Optional.of("two records share a value of the unique index over " + described());
            }
        }
        return expected.equals(owners)
                ? Optional.empty()
                : Optional.of("the unique index over " + described() + " does not agree with the records");
    }

    private Optional<List<Object>> value(Image image) {
        List<Object> value = new ArrayList<>(ordinals.length);
        for (int ordinal : ordinals) {
            Object part = !image.isLive() ? null : ordinal < 0 ? image.key() : image.cells()[ordinal];
            if (part == null) {
                return Optional.empty();
            }
            value.add(part);
        }
        return Optional.of(value);
    }

    private int compare(List<Object> a, List<Object> b) {
        for (int i = 0; i < ordinals.length; i++) {
            ColumnType<?> type = ordinals[i] < 0
                    ? layout.key().type()
                    : layout.columns().get(ordinals[i]).type();
            int comparison = type.compare(a.get(i), b.get(i));
            if (comparison != 0) {
                return comparison;
            }
        }
        return 0;
    }

    private StorageException taken(Object key) {
        return new StorageException(
                StorageException.Kind.UNIQUE_TAKEN,
                "Cannot write " + layout.name() + "/" + key
                        + ": another record holds its value of the unique index over " + index.columns()
                        + ". Nothing was written; give another value.",
                null);
    }

    private String described() {
        return index.columns() + " of store " + layout.name();
    }
}
