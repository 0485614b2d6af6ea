/** Lets writes, syncs, truncations, opens, reads and mappings fail under a store, and checks what its callers are told and what is left. */
@NullMarked
package dev.rowkeep.evidence.fault;

import org.jspecify.annotations.NullMarked;
