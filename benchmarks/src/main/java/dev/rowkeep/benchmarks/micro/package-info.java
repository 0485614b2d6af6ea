/** JMH benchmarks of single steps. */
@NullMarked
package dev.rowkeep.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
