package dev.rowkeep.edit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an edit wants done to one cell. All but {@link Put} commute with each other and so need no common base. */
public sealed interface CellOperation {
    /**
     * Give the cell this value.
     *
     * @param raw the value, coerced and judged when the edit is applied; null clears the cell
     */
    record Put(@Nullable Object raw) implements CellOperation {}

    /**
     * Add to the number that is there; a missing number counts as 0.
     *
     * @param amount how much, of the column's own Java type
     */
    record Add(Number amount) implements CellOperation {}

    /**
     * Add elements to the set that is there.
     *
     * @param elements which
     */
    record Union(Set<String> elements) implements CellOperation {
        /** Copies the elements. */
        public Union {
            elements = Set.copyOf(elements);
        }
    }

    /**
     * Remove elements from the set that is there.
     *
     * @param elements which
     */
    record Remove(Set<String> elements) implements CellOperation {
        /** Copies the elements. */
        public Remove {
            elements = Set.copyOf(elements);
        }
    }

    /**
     * Append to the text that is there.
     *
     * @param suffix what
     */
    record Append(String suffix) implements CellOperation {}
}
