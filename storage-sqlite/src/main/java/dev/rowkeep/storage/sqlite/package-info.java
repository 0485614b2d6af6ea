/**
 * The storage that keeps records in a SQLite database.
 */
@NullMarked
package dev.rowkeep.storage.sqlite;

import org.jspecify.annotations.NullMarked;
