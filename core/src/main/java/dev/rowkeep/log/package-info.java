/** The change log: reading, following and verifying it. */
@NullMarked
package dev.rowkeep.log;

import org.jspecify.annotations.NullMarked;
