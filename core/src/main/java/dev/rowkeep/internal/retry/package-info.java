/** How a write that lost its race is tried again: bounded, with backoff and jitter. */
@NullMarked
package dev.rowkeep.internal.retry;

import org.jspecify.annotations.NullMarked;
