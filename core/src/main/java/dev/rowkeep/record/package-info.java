/** Records as they are read: a value with its version and its origin. */
@NullMarked
package dev.rowkeep.record;

import org.jspecify.annotations.NullMarked;
