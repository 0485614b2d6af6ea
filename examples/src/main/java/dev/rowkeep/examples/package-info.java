/** The quick start: a first record, and an import, a crowd of editors, a conflict and a history over real data. */
@NullMarked
package dev.rowkeep.examples;

import org.jspecify.annotations.NullMarked;
