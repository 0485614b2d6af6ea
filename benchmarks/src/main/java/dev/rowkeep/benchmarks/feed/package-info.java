/** How long after its acknowledgement a commit reaches who follows the log. */
@NullMarked
package dev.rowkeep.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
