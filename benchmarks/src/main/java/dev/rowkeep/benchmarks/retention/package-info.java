/** What it takes to drop most of a long log, and what a writer waits for it. */
@NullMarked
package dev.rowkeep.benchmarks.retention;

import org.jspecify.annotations.NullMarked;
