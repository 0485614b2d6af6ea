/** jOOQ on SQLite as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.jooq;

import org.jspecify.annotations.NullMarked;
