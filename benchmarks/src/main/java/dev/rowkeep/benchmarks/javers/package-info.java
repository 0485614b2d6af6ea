/** JaVers on H2 as a contender. */
@NullMarked
package dev.rowkeep.benchmarks.javers;

import org.jspecify.annotations.NullMarked;
