package dev.rowkeep.snapshot;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a handle makes snapshots by itself, and how many of these it keeps. Immutable; each method that sets something returns a copy.
 *
 * <p>They are looked for when a commit of this handle lands, and made on a thread of their own: no write waits for one, none fails because one
 * failed, and there is never more than one in the making. Where nothing is written, none is made. Of several processes with a policy each
 * counts from the newest automatic snapshot that any has made.
 *
 * @param everyCommits after how many commits of the log since the last; empty for no such rule
 * @param every after which time since the last, on the clock of commits; empty for no such rule
 * @param keepLast how many automatic ones are kept, the newest; older ones are dropped. Named ones stay until somebody drops them
 */
public record SnapshotPolicy(OptionalLong everyCommits, Optional<Duration> every, int keepLast) {
    private static final int DEFAULT_KEPT = 3;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of bounds
     */
    public SnapshotPolicy {
        if (everyCommits.isPresent() && everyCommits.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "A snapshot is made every 1 or more commits, got " + everyCommits.getAsLong() + ".");
        }
        if (every.isPresent()
                && (every.get().compareTo(Duration.ofMillis(1)) < 0
                        || every.get().compareTo(Duration.ofDays(36_500)) > 0)) {
            throw new IllegalArgumentException(
                    "A snapshot is made every millisecond to 36,500 days, got " + every.get() + ".");
        }
        if (keepLast < 1 || keepLast > Snapshots.MOST / 2) {
            throw new IllegalArgumentException(
                    "The last 1 to " + Snapshots.MOST / 2 + " automatic snapshots are kept, got " + keepLast + ".");
        }
    }

    /** None. */
    public static SnapshotPolicy none() {
        return new SnapshotPolicy(OptionalLong.empty(), Optional.empty(), DEFAULT_KEPT);
    }

    /** One whenever so many commits have landed since the last. */
    public SnapshotPolicy everyCommits(long commits) {
        return new SnapshotPolicy(OptionalLong.of(commits), every, keepLast);
    }

    /** One with the first commit that lands when so much time has passed since the last, a millisecond to 36,500 days. */
    public SnapshotPolicy every(Duration time) {
        return new SnapshotPolicy(everyCommits, Optional.of(time), keepLast);
    }

    /** With another number of automatic ones that are kept; by default 3. */
    public SnapshotPolicy keepLast(int most) {
        return new SnapshotPolicy(everyCommits, every, most);
    }

    /** Whether any is made. */
    public boolean isActive() {
        return everyCommits.isPresent() || every.isPresent();
    }
}
