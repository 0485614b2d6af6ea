package dev.rowkeep.internal.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that goes on beside its starter's, on a thread of its own that nobody interrupts. Used by one thread, which sees what the work has done when
 * it has ended. Closing waits for the end, so that nothing of it is left behind.
 */
final class Beside implements AutoCloseable {
    private final FutureTask<Void> task;

    private Beside(Runnable work) {
        this.task = new FutureTask<>(work, null);
    }

    /** Begins {@code work} on a thread that is called {@code name}. */
    static Beside begin(String name, Runnable work) {
        Beside beside = new Beside(work);
        Thread thread = new Thread(beside.task, name);
        thread.setDaemon(true);
        thread.start();
        return beside;
    }

    /** Waits for the end, interrupted or not, and throws what the work has thrown. */
    void end() {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // A Runnable throws nothing else.
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the end; what the work throws goes unheard, since who did not {@link #end} it has a failure of his own to tell. */
    @Override
    public void close() {
        try {
            end();
        } catch (RuntimeException | Error e) {
            // Told by end(), if anybody asks.
        }
    }
}
