/** Records what a process writes and syncs, and opens every state in which a crash could have left its files. */
@NullMarked
package dev.rowkeep.evidence.crash;

import org.jspecify.annotations.NullMarked;
