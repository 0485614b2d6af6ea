/** Analytics on DuckDB: an import, corrections under a running analysis, the past against the present, and Parquet. */
@NullMarked
package dev.rowkeep.examples.flights;

import org.jspecify.annotations.NullMarked;
