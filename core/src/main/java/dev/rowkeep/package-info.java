/** The entry point: open a storage, get stores, write as somebody. */
@NullMarked
package dev.rowkeep;

import org.jspecify.annotations.NullMarked;
