package dev.rowkeep.benchmarks.footprint;

import java.nio.file.Path;

/** The process that makes one update: a candidate's constant and a directory are its arguments. */
final class FirstUpdate {
    private FirstUpdate() {}

    /** Makes the update and ends. */
    public static void main(String[] arguments) throws Exception {
        Candidate.valueOf(arguments[0]).update(Path.of(arguments[1]));
    }
}
