package dev.rowkeep.schema;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The canonical form of a set of texts: immutable, ordered by code point, equal to any set with the same elements. */
@SuppressWarnings("JdkObsolete") // SortedSet is the canonical type; nothing needs NavigableSet.
final class TextSet extends AbstractSet<String> implements SortedSet<String> {
    private static final Comparator<String> ORDER = CanonicalOrder::compareText;

    /** Distinct and in order. */
    private final String[] elements;

    private TextSet(String[] elements) {
        this.elements = elements;
    }

    /**
     * The set of {@code texts}, which are not null.
     *
     * @throws NullPointerException if one is
     */
    static TextSet of(Collection<String> texts) {
        if (texts instanceof TextSet canonical) {
            return canonical;
        }
        String[] sorted = texts.toArray(new String[0]);
        Arrays.sort(sorted, ORDER);
        int distinct = 0;
        for (String text : sorted) {
            if (distinct == 0 || !text.equals(sorted[distinct - 1])) {
                sorted[distinct++] = text;
            }
        }
        return new TextSet(distinct == sorted.length ? sorted : Arrays.copyOf(sorted, distinct));
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public boolean contains(@Nullable Object element) {
        return element instanceof String text && Arrays.binarySearch(elements, text, ORDER) >= 0;
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.asList(elements).iterator();
    }

    @Override
    public Comparator<? super String> comparator() {
        return ORDER;
    }

    @Override
    public SortedSet<String> subSet(String from, String to) {
        if (ORDER.compare(from, to) > 0) {
            throw new IllegalArgumentException("subSet needs bounds in order; the first one comes after the second.");
        }
        return range(place(from), place(to));
    }

    @Override
    public SortedSet<String> headSet(String to) {
        return range(0, place(to));
    }

    @Override
    public SortedSet<String> tailSet(String from) {
        return range(place(from), elements.length);
    }

    @Override
    public String first() {
        return at(0);
    }

    @Override
    public String last() {
        return at(elements.length - 1);
    }

    private String at(int index) {
        if (elements.length == 0) {
            throw new NoSuchElementException("The set is empty. Ask isEmpty() first.");
        }
        return elements[index];
    }

    private TextSet range(int from, int to) {
        return new TextSet(Arrays.copyOfRange(elements, from, to));
    }

    private int place(String bound) {
        int found = Arrays.binarySearch(elements, bound, ORDER);
        return found < 0 ? -found - 1 : found;
    }
}
