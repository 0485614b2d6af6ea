/** What the library tells about itself while it works. */
@NullMarked
package dev.rowkeep.observe;

import org.jspecify.annotations.NullMarked;
