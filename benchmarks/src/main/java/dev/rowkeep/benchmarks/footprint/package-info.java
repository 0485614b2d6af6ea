/** How many jars it takes, and how long it takes from nothing, to make one durable update. */
@NullMarked
package dev.rowkeep.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
