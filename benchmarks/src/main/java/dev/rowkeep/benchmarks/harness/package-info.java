/** How contenders are raced against each other, and what is measured while they run. */
@NullMarked
package dev.rowkeep.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
