/** Conditions, orders and pages over the current records of a store. */
@NullMarked
package dev.rowkeep.query;

import org.jspecify.annotations.NullMarked;
