/** What becomes of a cell that two writers changed, and of operations on the value that is there. */
@NullMarked
package dev.rowkeep.internal.merge;

import org.jspecify.annotations.NullMarked;
