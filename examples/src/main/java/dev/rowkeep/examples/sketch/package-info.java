/** The programs of {@code docs/api-sketch.md} that the library can run today. */
@NullMarked
package dev.rowkeep.examples.sketch;

import org.jspecify.annotations.NullMarked;
