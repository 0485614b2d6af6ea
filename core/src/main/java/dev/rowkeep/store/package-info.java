/** Stores and sessions: where records are read and written. */
@NullMarked
package dev.rowkeep.store;

import org.jspecify.annotations.NullMarked;
