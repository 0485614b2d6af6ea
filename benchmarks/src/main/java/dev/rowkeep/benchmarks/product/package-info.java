/** The records that every contender works on. */
@NullMarked
package dev.rowkeep.benchmarks.product;

import org.jspecify.annotations.NullMarked;
