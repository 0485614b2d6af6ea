package dev.rowkeep.examples;

import java.io.PrintStream;
import java.time.Duration;

/**
 * What came of the crowd.
 *
 * @param took how long they edited
 * @param commits how many commits the log gained
 * @param work what the editors say they did
 * @param votesFound how many votes the films gained
 * @param events what the library says happened
 */
record CrowdReport(Duration took, long commits, Editor.Work work, long votesFound, EventCounts.Taken events) {

    long commitsPerSecond() {
        return Math.round(commits * 1e9 / took.toNanos());
    }

    void print(PrintStream out) {
        out.printf(
                "   %,9d  commits in %.1f s, each on disk before its writer went on: %,d a second%n",
                commits, took.toMillis() / 1e3, commitsPerSecond());
        out.printf(
                "   %,9d  votes: %,d by a declared add, %,d by a closure (%,d closures gave up)%n",
                work.votes(), work.added(), work.computed(), work.abandoned());
        out.printf(
                "   %,9d  votes found in the films: %s%n",
                votesFound, votesFound == work.votes() ? "not one is lost" : "SOME ARE LOST");
        out.printf("   %,9d  forms saved, each read some votes earlier%n", work.forms());
        out.printf("   %,9d  merges: others had changed other cells meanwhile%n", events.merges());
        out.printf("   %,9d  conflicts: two forms changed one cell; answered by their editors%n", events.conflicts());
        out.printf("   %,9d  retries of closures that lost a race%n", events.retries());
        out.printf(
                "   %8.1f%%  of %,d reads came from the cache%n",
                100 * events.hitRate(), events.hits() + events.misses());
    }
}
