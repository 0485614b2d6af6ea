/** Files and folders that outlast a crash. */
@NullMarked
package dev.rowkeep.internal.file;

import org.jspecify.annotations.NullMarked;
