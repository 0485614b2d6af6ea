/** H2's storage engine without SQL as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.mvstore;

import org.jspecify.annotations.NullMarked;
