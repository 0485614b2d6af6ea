package dev.rowkeep.edit;

import java.time.Instant;

/**
 * Why a guarded write was put off. Nothing was written.
 *
 * @param store the store's name
 * @param key the record's key
 * @param by the user who touched the record last
 * @param touched when that was, in the time of commits
 * @param until from when on the same write may land, if no user touches the record again; never later than the guard's time from
 *     the commit that put it off
 */
public record Deferral(String store, Object key, String by, Instant touched, Instant until) {
    /** What was put off, for whom, and what to do. */
    public String message() {
        return "Cannot write " + store + "/" + key + " yet: " + by + " touched it at " + touched
                + ", and the write is not for records touched that recently. Nothing was written. Write again at "
                + until
                + " or later, on what is there then.";
    }
}
