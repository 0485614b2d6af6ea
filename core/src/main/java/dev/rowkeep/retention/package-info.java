/** How long the log holds what was: policies, and the runs that carry them out. */
@NullMarked
package dev.rowkeep.retention;

import org.jspecify.annotations.NullMarked;
