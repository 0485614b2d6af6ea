package dev.rowkeep.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One group of records: what they have in common, and what was computed of them. Immutable. */
public final class Group {
    private final List<GroupTerm<?>> terms;
    private final List<@Nullable Object> values;

    private Group(List<GroupTerm<?>> terms, List<@Nullable Object> values) {
        this.terms = terms;
        this.values = values;
    }

    /**
     * A group with a value of each term's type for each term.
     *
     * @throws IllegalArgumentException if there is not one value a term
     */
    public static Group of(List<GroupTerm<?>> terms, List<@Nullable Object> values) {
        if (terms.size() != values.size()) {
            throw new IllegalArgumentException(
                    "A group needs a value a term, got " + terms.size() + " terms and " + values.size() + " values.");
        }
        return new Group(List.copyOf(terms), Collections.unmodifiableList(new ArrayList<>(values)));
    }

    /**
     * The value of {@code term}; null where there is none.
     *
     * @throws IllegalArgumentException if the query did not ask for it
     */
    @SuppressWarnings("unchecked") // made with a value of the term's type
    public <V> @Nullable V get(GroupTerm<V> term) {
        int index = terms.indexOf(term);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "The group has no " + term + ". It has " + terms + "; ask for it in the query.");
        }
        return (V) values.get(index);
    }

    /**
     * The value of {@code term}, which is there.
     *
     * @throws IllegalArgumentException if the query did not ask for it
     * @throws IllegalStateException if there is no value
     */
    public <V> V require(GroupTerm<V> term) {
        V value = get(term);
        if (value == null) {
            throw new IllegalStateException(
                    "The group has no value of " + term + ". Use get where a value may be missing.");
        }
        return value;
    }

    /** What it has values of: first what was grouped by. */
    public List<GroupTerm<?>> terms() {
        return terms;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Group g && terms.equals(g.terms) && values.equals(g.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(terms, values);
    }

    /** Names the terms, never the values. */
    @Override
    public String toString() {
        return "Group" + terms;
    }
}
