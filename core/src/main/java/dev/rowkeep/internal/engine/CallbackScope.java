package dev.rowkeep.internal.engine;

import dev.rowkeep.error.ReentrantCallException;
import org.jspecify.annotations.Nullable;

/**
 * Marks a thread as running an application's code on the library's behalf, so that calls back into the library, which could wait
 * for themselves, are refused.
 */
final class CallbackScope implements AutoCloseable {
    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private final @Nullable String outer;

    private CallbackScope(@Nullable String outer) {
        this.outer = outer;
    }

    /** Begins a callback of kind {@code callback}. */
    static CallbackScope enter(String callback) {
        CallbackScope scope = new CallbackScope(CURRENT.get());
        CURRENT.set(callback);
        return scope;
    }

    /**
     * Checks that the calling thread is in no callback.
     *
     * @throws ReentrantCallException if it is
     */
    static void refuse(String call) {
        String callback = CURRENT.get();
        if (callback != null) {
            throw new ReentrantCallException(call, callback);
        }
    }

    /**
     * Checks that the calling thread is in no callback but a {@code permitted} one, and in nothing inside that.
     *
     * @throws ReentrantCallException if it is
     */
    static void refuseBut(String permitted, String call) {
        String callback = CURRENT.get();
        if (callback != null && !callback.equals(permitted)) {
            throw new ReentrantCallException(call, callback);
        }
    }

    @Override
    public void close() {
        CURRENT.set(outer);
    }
}
