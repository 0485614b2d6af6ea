/** Backups as they are on the disk: their folders, the files in them, and the lists of these. */
@NullMarked
package dev.rowkeep.internal.backup;

import org.jspecify.annotations.NullMarked;
