/** Rules that decide a cell which two writers changed. */
@NullMarked
package dev.rowkeep.merge;

import org.jspecify.annotations.NullMarked;
