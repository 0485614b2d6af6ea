package dev.rowkeep.spi;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One record's step in a commit batch, from what the storage holds to what it must hold; several versions made in one batch are
 * one step.
 *
 * @param layout the store
 * @param before what the storage holds; null if the key was never used
 * @param after what it must hold
 * @param changed the places of the cells that differ; meaningful when both images are live
 */
public record RowWrite(StoreLayout layout, @Nullable Image before, Image after, BitSet changed) {}
