/** Input that was made to break something, thought up or found by Jazzer, and what must become of it. */
@NullMarked
package dev.rowkeep.evidence.fuzz;

import org.jspecify.annotations.NullMarked;
