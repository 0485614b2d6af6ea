/** H2 as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.h2;

import org.jspecify.annotations.NullMarked;
