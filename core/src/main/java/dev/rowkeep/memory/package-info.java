/** The reference storage, held in memory. */
@NullMarked
package dev.rowkeep.memory;

import org.jspecify.annotations.NullMarked;
