/** What a tool that a Java team would pick for this job has to do to be a contender. */
@NullMarked
package dev.rowkeep.benchmarks.tool;

import org.jspecify.annotations.NullMarked;
