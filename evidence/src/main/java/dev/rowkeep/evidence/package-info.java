/** Evidence for what the library promises about faults. Not published. */
@NullMarked
package dev.rowkeep.evidence;

import org.jspecify.annotations.NullMarked;
