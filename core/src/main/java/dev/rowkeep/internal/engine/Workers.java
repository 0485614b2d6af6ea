package dev.rowkeep.internal.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a handle: one that commits writes nobody waits for, one that makes snapshots, and a few that run an
 * application's callbacks.
 */
final class Workers implements AutoCloseable {
    private static final int CALLBACK_THREADS = 4;
    private static final long IDLE_SECONDS = 5;

    private final ExecutorService drains;
    private final ExecutorService snapshots;
    private final Executor callbacks;
    private final Optional<ExecutorService> owned;

    Workers(Optional<Executor> given) {
        this.drains = pool(1, "rowkeep-commit");
        this.snapshots = pool(1, "rowkeep-snapshot");
        this.owned = given.isPresent() ? Optional.empty() : Optional.of(pool(CALLBACK_THREADS, "rowkeep-callback"));
        this.callbacks = given.orElseGet(owned::orElseThrow);
    }

    Executor drains() {
        return drains;
    }

    Executor snapshots() {
        return snapshots;
    }

    Executor callbacks() {
        return callbacks;
    }

    /** Completes the futures of settled tickets, in their order, away from the committing thread. */
    void complete(List<Ticket> settled) {
        callbacks.execute(() -> {
            for (Ticket ticket : settled) {
                if (ticket.future != null) {
                    Objects.requireNonNull(ticket.future).complete(ticket);
                }
            }
        });
    }

    @Override
    public void close() {
        drains.shutdown();
        snapshots.shutdown();
        owned.ifPresent(ExecutorService::shutdown);
    }

    private static ExecutorService pool(int threads, String name) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
