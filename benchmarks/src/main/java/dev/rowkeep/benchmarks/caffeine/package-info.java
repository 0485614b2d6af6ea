/** A bare Caffeine cache as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.caffeine;

import org.jspecify.annotations.NullMarked;
