package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.report.RowReport;

/** One row of the targets. */
public interface Row {
    /** Its id in the targets. */
    String id();

    /** What is done, for reports. */
    String work();

    /** Measures it; everything it opened is closed afterwards. */
    RowReport run(Bench bench) throws Exception;
}
