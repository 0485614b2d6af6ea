/** Histories of concurrent callers, recorded with invocation and response and checked for strict serializability. */
@NullMarked
package dev.rowkeep.evidence.history;

import org.jspecify.annotations.NullMarked;
