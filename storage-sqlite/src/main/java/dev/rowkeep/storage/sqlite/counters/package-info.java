/** How processes that share a database tell each other's caches what has changed. Knows nothing of SQLite. */
@NullMarked
package dev.rowkeep.storage.sqlite.counters;

import org.jspecify.annotations.NullMarked;
