/** Stores' columns: types, rules, coercion, verdicts, and the mapping to Java records. */
@NullMarked
package dev.rowkeep.schema;

import org.jspecify.annotations.NullMarked;
