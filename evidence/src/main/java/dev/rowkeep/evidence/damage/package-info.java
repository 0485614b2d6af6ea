/** Damages the files of a small store in every way that is listed and looks what the library makes of each. */
@NullMarked
package dev.rowkeep.evidence.damage;

import org.jspecify.annotations.NullMarked;
