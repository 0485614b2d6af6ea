/** The rows of the targets, one measurement each. */
@NullMarked
package dev.rowkeep.benchmarks.row;

import org.jspecify.annotations.NullMarked;
