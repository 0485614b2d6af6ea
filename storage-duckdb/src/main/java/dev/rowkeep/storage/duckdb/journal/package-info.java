/**
 * The journal of a DuckDB storage: a commit is acknowledged when its group is durable here, beside the database file.
 */
@NullMarked
package dev.rowkeep.storage.duckdb.journal;

import org.jspecify.annotations.NullMarked;
