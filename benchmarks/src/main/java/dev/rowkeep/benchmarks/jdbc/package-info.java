/** What a competent team writes by hand on SQLite, as contenders. */
@NullMarked
package dev.rowkeep.benchmarks.jdbc;

import org.jspecify.annotations.NullMarked;
