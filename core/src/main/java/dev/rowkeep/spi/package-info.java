/** The contract between the engine and a storage. */
@NullMarked
package dev.rowkeep.spi;

import org.jspecify.annotations.NullMarked;
