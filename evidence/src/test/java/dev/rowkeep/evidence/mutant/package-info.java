/** Bugs planted one at a time, each of which a named test must catch. */
@NullMarked
package dev.rowkeep.evidence.mutant;

import org.jspecify.annotations.NullMarked;
