/** RowKeep as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.keep;

import org.jspecify.annotations.NullMarked;
