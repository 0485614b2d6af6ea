/** Hibernate ORM with Envers on SQLite as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.envers;

import org.jspecify.annotations.NullMarked;
