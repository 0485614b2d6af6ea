/** Files that are there whole or not at all. */
@NullMarked
package dev.rowkeep.internal.file;

import org.jspecify.annotations.NullMarked;
