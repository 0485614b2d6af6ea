/** Named snapshots: the full state of all stores at a place in the log. */
@NullMarked
package dev.rowkeep.snapshot;

import org.jspecify.annotations.NullMarked;
