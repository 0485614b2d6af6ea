/** The logged facts: positions, commits, changes, and who made them. */
@NullMarked
package dev.rowkeep.commit;

import org.jspecify.annotations.NullMarked;
