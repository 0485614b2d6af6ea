/** Figures, their goals, and how they are shown. */
@NullMarked
package dev.rowkeep.benchmarks.report;

import org.jspecify.annotations.NullMarked;
