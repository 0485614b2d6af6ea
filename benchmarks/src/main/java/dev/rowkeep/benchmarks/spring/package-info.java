/** Spring Data JDBC on SQLite as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
