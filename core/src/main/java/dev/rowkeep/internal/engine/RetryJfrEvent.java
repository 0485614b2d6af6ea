package dev.rowkeep.internal.engine;

import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A write that lost a race, in the flight recorder. */
@Name("dev.rowkeep.Retry")
@Label("A write that lost a race")
@Category("RowKeep")
@StackTrace(false)
final class RetryJfrEvent extends Event {
    @Label("Store")
    String store = "";

    @Label("Attempt")
    int attempt;

    @Label("Delay")
    @Timespan(Timespan.NANOSECONDS)
    long delay;

    static void record(String store, int attempt, Duration delay) {
        RetryJfrEvent event = new RetryJfrEvent();
        if (event.shouldCommit()) {
            event.store = store;
            event.attempt = attempt;
            event.delay = delay.toNanos();
            event.commit();
        }
    }
}
