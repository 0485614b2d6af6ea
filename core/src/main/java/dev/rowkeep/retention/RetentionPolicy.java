package dev.rowkeep.retention;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * For how long the log holds at least what was, of each store. Immutable; each method that sets something returns a copy.
 *
 * <p>The log is one for all stores of a storage, and is cut at one place: so what one store's rule holds is held of all. A tenant that needs a
 * policy of its own has a storage of its own.
 *
 * @param others for stores that are not named; empty for ever
 * @param stores by store, for how long; empty for ever
 */
public record RetentionPolicy(Optional<Duration> others, Map<String, Optional<Duration>> stores) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if a time is not one millisecond to 36,500 days
     */
    public RetentionPolicy {
        stores = Map.copyOf(stores);
        others.ifPresent(RetentionPolicy::require);
        stores.values().forEach(time -> time.ifPresent(RetentionPolicy::require));
    }

    private static void require(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "History is kept for a millisecond to 36,500 days, or for ever, got " + time + ".");
        }
    }

    /** Everything, for ever. */
    public static RetentionPolicy keepAll() {
        return new RetentionPolicy(Optional.empty(), Map.of());
    }

    /** What was within the last {@code time}, and what was there when that began. */
    public static RetentionPolicy keepFor(Duration time) {
        return new RetentionPolicy(Optional.of(time), Map.of());
    }

    /** With another time for one store. */
    public RetentionPolicy keepFor(String store, Duration time) {
        return with(store, Optional.of(time));
    }

    /** With one store of which everything is kept for ever. */
    public RetentionPolicy keepAll(String store) {
        return with(store, Optional.empty());
    }

    private RetentionPolicy with(String store, Optional<Duration> time) {
        Map<String, Optional<Duration>> changed = new TreeMap<>(stores);
        changed.put(store, time);
        return new RetentionPolicy(others, changed);
    }

    /** For how long a store's history is kept; empty for ever. */
    public Optional<Duration> of(String store) {
        return stores.getOrDefault(store, others);
    }
}
