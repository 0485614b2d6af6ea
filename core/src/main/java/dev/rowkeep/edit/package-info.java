/** What a writer intends and what became of it. */
@NullMarked
package dev.rowkeep.edit;

import org.jspecify.annotations.NullMarked;
