package dev.rowkeep.observe;

/** An application's ear for what happens inside the library: metrics, tracing, alarms. */
@FunctionalInterface
public interface KeepListener {
    /**
     * Takes one event. Called by the thread to which it happened, or by an executor for what happened to many; by several at
     * once. Must be quick and must not call the library. An exception is logged and otherwise ignored.
     */
    void onEvent(KeepEvent event);
}
