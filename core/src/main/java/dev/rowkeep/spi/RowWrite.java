package dev.rowkeep.spi;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record's step in a commit batch, from what the storage holds to what it must hold; several versions made in one batch are
 * one step.
 *
 * @param layout the store
 * @param before what the storage holds; null if the key was never used
 * @param versions every version that the batch makes of the record, in order; at least one
 * @param changed the places of the cells that differ between {@code before} and {@link #after}; meaningful when both are live
 */
public record RowWrite(StoreLayout layout, @Nullable Image before, List<Image> versions, BitSet changed) {
    /** What the storage must hold: the last version. */
    public Image after() {
        return versions.get(versions.size() - 1);
    }
}
