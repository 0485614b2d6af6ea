/** RocksDB as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.rocks;

import org.jspecify.annotations.NullMarked;
