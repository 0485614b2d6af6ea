/** Erasing what belongs to a person, for good: from records, their history and every file. */
@NullMarked
package dev.rowkeep.erasure;

import org.jspecify.annotations.NullMarked;
