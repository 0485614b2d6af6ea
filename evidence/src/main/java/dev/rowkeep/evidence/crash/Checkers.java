package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Checks images in other processes, several side by side. */
final class Checkers implements AutoCloseable {
    private static final int COUNT = Runtime.getRuntime().availableProcessors();
    private static final int MOST_WAITING = 2 * COUNT;

    private final Kept kept;
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final BlockingQueue<CheckerProcess> idle = new ArrayBlockingQueue<>(COUNT);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** What is done with an image's directory once it has been checked. */
    interface Checked {
        void with(Optional<String> problem) throws IOException;
    }

    Checkers(Kept kept) {
        this.kept = kept;
    }

    /** Checks the store in {@code directory} soon; waits while many others do. */
    void check(Path directory, Checked checked) {
        waiting.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                checked.with(problem(directory));
            } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                waiting.release();
            }
        });
    }

    private Optional<String> problem(Path directory) throws IOException {
        CheckerProcess free = idle.poll();
        CheckerProcess checker = free == null ? CheckerProcess.start(kept) : free;
        Optional<String> problem = checker.problem(directory);
        if (!checker.isAlive() || !idle.offer(checker)) {
            checker.close();
        }
        return problem;
    }

    /**
     * Waits for what is under way.
     *
     * @throws IllegalStateException if an image could not be checked
     */
    void finish() {
        waiting.acquireUninterruptibly(MOST_WAITING);
        waiting.release(MOST_WAITING);
        if (failure.get() != null) {
            throw new IllegalStateException("An image could not be checked", failure.get());
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        idle.forEach(CheckerProcess::close);
    }
}
