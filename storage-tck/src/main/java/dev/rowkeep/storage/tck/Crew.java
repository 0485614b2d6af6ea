package dev.rowkeep.storage.tck;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** Threads that work beside the test's own. Closing waits for all of them and fails if one failed. */
final class Crew implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> tasks = new ArrayList<>();

    /** Runs {@code task} on a thread of its own. */
    void start(Runnable task) {
        tasks.add(threads.submit(task));
    }

    @Override
    public void close() {
        threads.shutdown();
        for (Future<?> task : tasks) {
            await(task);
        }
    }

    private static void await(Future<?> task) {
        try {
            task.get(PATIENCE_SECONDS, SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("A thread beside the test's failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("A thread beside the test's is not done after " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for a thread", e);
        }
    }
}
