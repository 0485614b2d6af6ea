/** Conditions evaluated, and queries over a store's current records. */
@NullMarked
package dev.rowkeep.internal.query;

import org.jspecify.annotations.NullMarked;
