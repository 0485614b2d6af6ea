package dev.rowkeep.internal.merge;

import dev.rowkeep.schema.ColumnType;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sets of texts in canonical form: immutable, ordered by code point. */
final class TextSets {
    private static final Comparator<String> BY_CODE_POINT = ColumnType.TEXT::compare;

    private TextSets() {}

    /** What is in the base and stayed on both sides, and what either side added. */
    static SortedSet<String> merge(@Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {
        Collection<String> before = elements(base);
        Collection<String> left = elements(mine);
        Collection<String> right = elements(theirs);
        SortedSet<String> merged = new TreeSet<>(BY_CODE_POINT);
        for (String element : left) {
            if (right.contains(element) || !before.contains(element)) {
                merged.add(element);
            }
        }
        for (String element : right) {
            if (!before.contains(element)) {
                merged.add(element);
            }
        }
        return Collections.unmodifiableSortedSet(merged);
    }

    /** The set with elements added; the very same if none is new. */
    static @Nullable Object with(@Nullable Object set, Collection<String> elements) {
        SortedSet<String> more = copy(set);
        return more.addAll(elements) ? Collections.unmodifiableSortedSet(more) : set;
    }

    /** The set without elements; the very same if it has none of them. */
    static @Nullable Object without(@Nullable Object set, Collection<String> elements) {
        SortedSet<String> fewer = copy(set);
        boolean changed = false;
        for (String element : elements) {
            changed |= fewer.remove(element);
        }
        return changed ? Collections.unmodifiableSortedSet(fewer) : set;
    }

    private static SortedSet<String> copy(@Nullable Object set) {
        SortedSet<String> copy = new TreeSet<>(BY_CODE_POINT);
        copy.addAll(elements(set));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Collection<String> elements(@Nullable Object set) {
        return set == null ? Collections.emptySortedSet() : (SortedSet<String>) set;
    }
}
