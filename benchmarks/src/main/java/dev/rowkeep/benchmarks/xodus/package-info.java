/** Xodus as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.xodus;

import org.jspecify.annotations.NullMarked;
