/** The entry point of the side-by-side harness and the JMH benchmarks. */
@NullMarked
package dev.rowkeep.benchmarks;

import org.jspecify.annotations.NullMarked;
