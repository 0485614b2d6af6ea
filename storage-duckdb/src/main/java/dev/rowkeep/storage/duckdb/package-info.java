/**
 * A storage on DuckDB. Commits are acknowledged by a journal beside the database and projected into it in batches.
 */
@NullMarked
package dev.rowkeep.storage.duckdb;

import org.jspecify.annotations.NullMarked;
