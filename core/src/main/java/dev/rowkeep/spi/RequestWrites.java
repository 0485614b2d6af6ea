package dev.rowkeep.spi;

import java.util.List;

/**
 * What a plan does to the stored requests: first it stores some, then it forgets old ones.
 *
 * @param stored what to store, in order; no id is stored already
 * @param forgetBeforeMicros which to forget: those that are older than this time in microseconds since 1970
 * @param forgetMost among how many: so many of those that are there and were stored first; no others may be looked at
 */
public record RequestWrites(List<StoredRequest> stored, long forgetBeforeMicros, int forgetMost) {
    private static final RequestWrites NONE = new RequestWrites(List.of(), 0, 0);

    /** Nothing to store and nothing to forget. */
    public static RequestWrites none() {
        return NONE;
    }

    /** Whether there is nothing to store; nothing is forgotten then either. */
    public boolean isEmpty() {
        return stored.isEmpty();
    }
}
