/** What one store costs as its log gets longer. */
@NullMarked
package dev.rowkeep.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
