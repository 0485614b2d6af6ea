/** The files of snapshots. */
@NullMarked
package dev.rowkeep.internal.snapshot;

import org.jspecify.annotations.NullMarked;
