package dev.rowkeep.internal.retry;

import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt to write.
 *
 * @param <T> what an attempt that was not lost answers
 */
public sealed interface Attempt<T extends @Nullable Object> {
    /**
     * There is an answer, good or bad; no further attempt is wanted.
     *
     * @param value the answer
     */
    record Won<T extends @Nullable Object>(T value) implements Attempt<T> {}

    /**
     * Another writer came first and nothing was written; another attempt may succeed.
     *
     * @param cause what tells about it, where there is such a thing
     */
    record Lost<T extends @Nullable Object>(@Nullable Throwable cause) implements Attempt<T> {}
}
