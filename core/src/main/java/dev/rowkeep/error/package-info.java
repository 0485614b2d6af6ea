/** Failures that are not the outcome of a single edit. */
@NullMarked
package dev.rowkeep.error;

import org.jspecify.annotations.NullMarked;
