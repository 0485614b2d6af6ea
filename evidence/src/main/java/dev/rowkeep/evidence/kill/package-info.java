/** Kills a process in full load at exactly what it is doing to a file, and checks what it leaves behind. */
@NullMarked
package dev.rowkeep.evidence.kill;

import org.jspecify.annotations.NullMarked;
