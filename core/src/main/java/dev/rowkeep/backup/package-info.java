/** Backups: copies of a whole storage as of one commit, checked as stores of their own before they get their names. */
@NullMarked
package dev.rowkeep.backup;

import org.jspecify.annotations.NullMarked;
