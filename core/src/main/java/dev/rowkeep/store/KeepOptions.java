package dev.rowkeep.store;

import dev.rowkeep.commit.Author;
import dev.rowkeep.observe.KeepListener;
import dev.rowkeep.snapshot.SnapshotPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * How a handle behaves. Immutable; each method that sets something returns a copy.
 *
 * @param author who writes where no session says so; by default the system author {@code application}
 * @param retry how writes that lost a race are run again
 * @param transactions how long and large transactions may get
 * @param cachedRecords how many records of each store are kept in memory at most; 100,000 by default, 0 for none
 * @param slowCall from which duration a storage call is reported as slow; one second by default
 * @param clock the time of commits
 * @param random the jitter of retries
 * @param listener who is told what happens
 * @param executor where futures are completed and asynchronous closures run; by default a few daemon threads of the handle
 * @param requestsKept how long the outcome of a request is kept at least; 7 days by default
 * @param snapshots when snapshots are made without being asked for; by default never
 */
public record KeepOptions(
        Author author,
        RetryPolicy retry,
        TransactionLimits transactions,
        int cachedRecords,
        Duration slowCall,
        Clock clock,
        RandomGenerator random,
        Optional<KeepListener> listener,
        Optional<Executor> executor,
        Duration requestsKept,
        SnapshotPolicy snapshots) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of bounds
     */
    public KeepOptions {
        if (cachedRecords < 0) {
            throw new IllegalArgumentException("cachedRecords is 0 or more, got " + cachedRecords + ".");
        }
        if (slowCall.isNegative()) {
            throw new IllegalArgumentException("slowCall is not negative, got " + slowCall + ".");
        }
        if (requestsKept.compareTo(Duration.ofSeconds(1)) < 0 || requestsKept.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException("requestsKept is one second to 36,500 days, got " + requestsKept + ".");
        }
    }

    /** The defaults. */
    public static KeepOptions defaults() {
        return new KeepOptions(
                Author.system("application"),
                RetryPolicy.defaults(),
                TransactionLimits.defaults(),
                100_000,
                Duration.ofSeconds(1),
                Clock.systemUTC(),
                () -> ThreadLocalRandom.current().nextLong(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofDays(7),
                SnapshotPolicy.none());
    }

    /** With another default author. */
    public KeepOptions author(Author other) {
        return new KeepOptions(
                other,
                retry,
                transactions,
                cachedRecords,
                slowCall,
                clock,
                random,
                listener,
                executor,
                requestsKept,
                snapshots);
    }

    /** With another retry policy. */
    public KeepOptions retry(RetryPolicy other) {
        return new KeepOptions(
                author,
                other,
                transactions,
                cachedRecords,
                slowCall,
                clock,
                random,
                listener,
                executor,
                requestsKept,
                snapshots);
    }

    /** With other limits for transactions. */
    public KeepOptions transactions(TransactionLimits other) {
        return new KeepOptions(
                author,
                retry,
                other,
                cachedRecords,
                slowCall,
                clock,
                random,
                listener,
                executor,
                requestsKept,
                snapshots);
    }

    /** With another size of each store's cache. */
    public KeepOptions cachedRecords(int other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                other,
                slowCall,
                clock,
                random,
                listener,
                executor,
                requestsKept,
                snapshots);
    }

    /** With another threshold for slow storage calls. */
    public KeepOptions slowCall(Duration other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                cachedRecords,
                other,
                clock,
                random,
                listener,
                executor,
                requestsKept,
                snapshots);
    }

    /** With another clock. */
    public KeepOptions clock(Clock other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                cachedRecords,
                slowCall,
                other,
                random,
                listener,
                executor,
                requestsKept,
                snapshots);
    }

    /** With another source of jitter; it must be safe for use by several threads. */
    public KeepOptions random(RandomGenerator other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                cachedRecords,
                slowCall,
                clock,
                other,
                listener,
                executor,
                requestsKept,
                snapshots);
    }

    /** With a listener. */
    public KeepOptions listener(KeepListener other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                cachedRecords,
                slowCall,
                clock,
                random,
                Optional.of(other),
                executor,
                requestsKept,
                snapshots);
    }

    /** With an executor of the application's, which is not shut down with the handle. */
    public KeepOptions executor(Executor other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                cachedRecords,
                slowCall,
                clock,
                random,
                listener,
                Optional.of(other),
                requestsKept,
                snapshots);
    }

    /** With another time for which the outcomes of requests are kept at least, one second to 36,500 days. */
    public KeepOptions requestsKept(Duration other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                cachedRecords,
                slowCall,
                clock,
                random,
                listener,
                executor,
                other,
                snapshots);
    }

    /** With a policy that makes snapshots. */
    public KeepOptions snapshots(SnapshotPolicy other) {
        return new KeepOptions(
                author,
                retry,
                transactions,
                cachedRecords,
                slowCall,
                clock,
                random,
                listener,
                executor,
                requestsKept,
                other);
    }
}
