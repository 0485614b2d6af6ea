/** Charts of figures as SVG, readable on a light page and on a dark one. */
@NullMarked
package dev.rowkeep.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
