package dev.rowkeep.internal.engine;

import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** One storage transaction, in the flight recorder. */
@Name("dev.rowkeep.Commit")
@Label("Commit batch")
@Category("RowKeep")
@StackTrace(false)
final class CommitJfrEvent extends Event {
    @Label("Commits")
    int commits;

    @Label("Changes")
    int changes;

    @Label("Waiting writes")
    int waiting;

    @Label("Duration in the storage")
    @Timespan(Timespan.NANOSECONDS)
    long inStorage;

    static void record(int commits, int changes, Duration duration, int waiting) {
        CommitJfrEvent event = new CommitJfrEvent();
        if (event.shouldCommit()) {
            event.commits = commits;
            event.changes = changes;
            event.waiting = waiting;
            event.inStorage = duration.toNanos();
            event.commit();
        }
    }
}
