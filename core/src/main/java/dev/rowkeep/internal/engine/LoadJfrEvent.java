package dev.rowkeep.internal.engine;

import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A read into the cache, in the flight recorder. */
@Name("dev.rowkeep.Load")
@Label("A read into the cache")
@Category("RowKeep")
@StackTrace(false)
final class LoadJfrEvent extends Event {
    @Label("Store")
    String store = "";

    @Label("Duration in the storage")
    @Timespan(Timespan.NANOSECONDS)
    long inStorage;

    static void record(String store, Duration duration) {
        LoadJfrEvent event = new LoadJfrEvent();
        if (event.shouldCommit()) {
            event.store = store;
            event.inStorage = duration.toNanos();
            event.commit();
        }
    }
}
