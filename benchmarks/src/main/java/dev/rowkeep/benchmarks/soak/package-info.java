/** Whether memory and waiting times stay as they are while a store on DuckDB is written to and analysed for long. */
@NullMarked
package dev.rowkeep.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
