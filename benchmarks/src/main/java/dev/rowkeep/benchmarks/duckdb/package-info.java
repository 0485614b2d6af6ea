/** What a competent team writes by hand on DuckDB, as contenders. */
@NullMarked
package dev.rowkeep.benchmarks.duckdb;

import org.jspecify.annotations.NullMarked;
