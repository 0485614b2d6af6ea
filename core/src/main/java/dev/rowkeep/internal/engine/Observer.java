package dev.rowkeep.internal.engine;

import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.observe.KeepListener;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application's listener, the log and the flight recorder what happens. Never throws, never tells cell values. */
final class Observer {
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowkeep");

    private final @Nullable KeepListener listener;
    private final Executor executor;
    private final Duration slowCall;

    Observer(@Nullable KeepListener listener, Executor executor, Duration slowCall) {
        this.listener = listener;
        this.executor = executor;
        this.slowCall = slowCall;
    }

    /** Whether anybody wants to know of single reads. */
    boolean isListening() {
        return listener != null;
    }

    /** Tells the listener on the caller's thread. */
    void tell(KeepEvent event) {
        KeepListener told = listener;
        if (told == null) {
            return;
        }
        try (CallbackScope scope = CallbackScope.enter("listener")) {
            told.onEvent(event);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A KeepListener failed on {}; the event is lost, the work goes on",
                    event.getClass().getSimpleName(),
                    e);
        }
    }

    /** A batch is durable; the listener is told by the executor, so that the next batch need not wait for it. */
    void committed(Batch batch, Duration duration, int waiting) {
        if (batch.commits() == 0) {
            return;
        }
        CommitJfrEvent.record(batch.commits(), batch.changes(), duration, waiting);
        if (duration.compareTo(slowCall) > 0) {
            LOG.info("A commit of {} changes took {} ms", batch.changes(), duration.toMillis());
            later(new KeepEvent.SlowCall("commit", duration));
        }
        if (listener != null) {
            later(new KeepEvent.BatchCommitted(batch.commits(), batch.changes(), duration, waiting));
        }
    }

    /** A record was read from the storage into the cache. */
    void loaded(String store, Duration duration) {
        LoadJfrEvent.record(store, duration);
        if (listener != null) {
            tell(new KeepEvent.CacheMiss(store, duration));
        }
        if (duration.compareTo(slowCall) > 0) {
            LOG.info("A read of store {} took {} ms", store, duration.toMillis());
            tell(new KeepEvent.SlowCall("read", duration));
        }
    }

    /** A write lost a race and is about to be run again. */
    void retried(String store, int attempt, Duration delay) {
        RetryJfrEvent.record(store, attempt, delay);
        tell(new KeepEvent.WriteRetried(store, attempt, delay));
    }

    /** A commit failed. */
    void commitFailed(Throwable cause) {
        LOG.error("A commit failed; its writers are told", cause);
    }

    private void later(KeepEvent event) {
        if (listener != null) {
            executor.execute(() -> tell(event));
        }
    }
}
