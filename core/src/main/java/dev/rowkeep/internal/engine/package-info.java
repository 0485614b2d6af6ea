/** The engine: the path of a write through gate and arbiter, the path of a read through the cache, and the log's readers. */
@NullMarked
package dev.rowkeep.internal.engine;

import org.jspecify.annotations.NullMarked;
