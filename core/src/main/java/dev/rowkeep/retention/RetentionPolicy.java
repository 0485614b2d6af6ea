package dev.rowkeep.retention;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of the history, of each store. Immutable; each method that sets something returns a copy.
 *
 * <p>The log is one for all stores of a storage, and is cut at one place: where the store that keeps the longest allows it. Of the stores that
 * keep less, the contents of older changes are dropped, and the log still says who changed which record when. A tenant
 * that needs a policy of its own has a storage of its own, or stores of its own.
 *
 * @param others for stores that are not named
 * @param stores by store
 */
public record RetentionPolicy(RetentionRule others, Map<String, RetentionRule> stores) {
    /** Copies the map. */
    public RetentionPolicy {
        stores = Map.copyOf(stores);
    }

    /** Everything, for ever. */
    public static RetentionPolicy keepAll() {
        return new RetentionPolicy(new RetentionRule.Everything(), Map.of());
    }

    /**
     * What was within the last {@code time}, and what was there when that began.
     *
     * @throws IllegalArgumentException if the time is not one millisecond to 36,500 days
     */
    public static RetentionPolicy keepFor(Duration time) {
        return new RetentionPolicy(new RetentionRule.Within(time), Map.of());
    }

    /**
     * The newest {@code versions} changes of each record, however old, and what the oldest of these found. Of those before, the log says who made
     * them when and of which record, for ever.
     *
     * <p>A store is known as a whole from the newest place on whose change was dropped: where some records change all the time, that is not long
     * ago. And a replica that is not as far as that begins from a snapshot.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public static RetentionPolicy keepVersions(int versions) {
        return new RetentionPolicy(new RetentionRule.Newest(versions), Map.of());
    }

    /** With another time for one store. */
    public RetentionPolicy keepFor(String store, Duration time) {
        return with(store, new RetentionRule.Within(time));
    }

    /** With another number of versions for one store. */
    public RetentionPolicy keepVersions(String store, int versions) {
        return with(store, new RetentionRule.Newest(versions));
    }

    /** With one store of which everything is kept for ever. */
    public RetentionPolicy keepAll(String store) {
        return with(store, new RetentionRule.Everything());
    }

    private RetentionPolicy with(String store, RetentionRule rule) {
        Map<String, RetentionRule> changed = new TreeMap<>(stores);
        changed.put(store, rule);
        return new RetentionPolicy(others, changed);
    }

    /** What is kept of a store. */
    public RetentionRule of(String store) {
        return stores.getOrDefault(store, others);
    }
}
