/** Leases with fencing tokens: one holder at a time, and no write by one who has been overtaken. */
@NullMarked
package dev.rowkeep.lease;

import org.jspecify.annotations.NullMarked;
