package dev.rowkeep.storage.tck;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A place at which a commit waits until a test lets it go on. For one commit; safe for use by several threads.
 *
 * @see Fault#heldBeforeDeciding
 */
public final class Hold {
    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** A hold that nobody has reached yet. */
    public Hold() {}

    /**
     * Waits until a commit has come here.
     *
     * @throws IllegalStateException if none comes within 30 seconds, or this thread is interrupted
     */
    public void awaitReached() {
        try {
            if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("No commit came to the hold within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a commit to come to the hold", e);
        }
    }

    /** Whether a commit has come here. */
    public boolean isReached() {
        return reached.getCount() == 0;
    }

    /** Lets the commit go on, whether or not it has come here yet. */
    public void release() {
        released.countDown();
    }

    /** Waits to be released, however often the thread is interrupted; it stays interrupted. */
    void pass() {
        reached.countDown();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    released.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
