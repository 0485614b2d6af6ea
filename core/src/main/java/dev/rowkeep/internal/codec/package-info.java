/** The bytes of the change log: deltas, images and the hash chain over them. */
@NullMarked
package dev.rowkeep.internal.codec;

import org.jspecify.annotations.NullMarked;
