/** Lets writes, syncs, truncations and opens fail under a store, and checks what its callers are told and what is left. */
@NullMarked
package dev.rowkeep.evidence.fault;

import org.jspecify.annotations.NullMarked;
