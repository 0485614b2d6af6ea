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
 * @param confirmations how long a write waits for a replica to confirm it; empty, which is the default, for not at all
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
        SnapshotPolicy snapshots,
        Optional<Duration> confirmations) {

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
        confirmations.ifPresent(KeepOptions::requireTimeout);
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
                SnapshotPolicy.none(),
                Optional.empty());
    }

    /** With another default author. */
    public KeepOptions author(Author other) {
        Draft draft = new Draft(this);
        draft.author = other;
        return draft.options();
    }

    /** With another retry policy. */
    public KeepOptions retry(RetryPolicy other) {
        Draft draft = new Draft(this);
        draft.retry = other;
        return draft.options();
    }

    /** With other limits for transactions. */
    public KeepOptions transactions(TransactionLimits other) {
        Draft draft = new Draft(this);
        draft.transactions = other;
        return draft.options();
    }

    /** With another size of each store's cache. */
    public KeepOptions cachedRecords(int other) {
        Draft draft = new Draft(this);
        draft.cachedRecords = other;
        return draft.options();
    }

    /** With another threshold for slow storage calls. */
    public KeepOptions slowCall(Duration other) {
        Draft draft = new Draft(this);
        draft.slowCall = other;
        return draft.options();
    }

    /** With another clock. */
    public KeepOptions clock(Clock other) {
        Draft draft = new Draft(this);
        draft.clock = other;
        return draft.options();
    }

    /** With another source of jitter; it must be safe for use by several threads. */
    public KeepOptions random(RandomGenerator other) {
        Draft draft = new Draft(this);
        draft.random = other;
        return draft.options();
    }

    /** With a listener. */
    public KeepOptions listener(KeepListener other) {
        Draft draft = new Draft(this);
        draft.listener = Optional.of(other);
        return draft.options();
    }

    /** With an executor of the application's, which is not shut down with the handle. */
    public KeepOptions executor(Executor other) {
        Draft draft = new Draft(this);
        draft.executor = Optional.of(other);
        return draft.options();
    }

    /** With another time for which the outcomes of requests are kept at least, one second to 36,500 days. */
    public KeepOptions requestsKept(Duration other) {
        Draft draft = new Draft(this);
        draft.requestsKept = other;
        return draft.options();
    }

    /**
     * With writes that return only when a replica has confirmed them, by {@link dev.rowkeep.log.ChangeLog#confirm}, so that they survive the loss of
     * this primary. What was not confirmed within {@code timeout}, which is a millisecond to an hour, throws
     * {@link dev.rowkeep.log.UnconfirmedException}; it is committed all the same. Reads do not wait.
     */
    public KeepOptions confirmedWithin(Duration timeout) {
        Draft draft = new Draft(this);
        draft.confirmations = Optional.of(timeout);
        return draft.options();
    }

    /** With a policy that makes snapshots. */
    public KeepOptions snapshots(SnapshotPolicy other) {
        Draft draft = new Draft(this);
        draft.snapshots = other;
        return draft.options();
    }

    private static void requireTimeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "A write waits a millisecond to an hour for confirmation, got " + timeout + ".");
        }
    }

    /** Options of which one is being replaced. Used by one call. */
    private static final class Draft {
        private Author author;
        private RetryPolicy retry;
        private TransactionLimits transactions;
        private int cachedRecords;
        private Duration slowCall;
        private Clock clock;
        private RandomGenerator random;
        private Optional<KeepListener> listener;
        private Optional<Executor> executor;
        private Duration requestsKept;
        private SnapshotPolicy snapshots;
        private Optional<Duration> confirmations;

        private Draft(KeepOptions from) {
            author = from.author;
            retry = from.retry;
            transactions = from.transactions;
            cachedRecords = from.cachedRecords;
            slowCall = from.slowCall;
            clock = from.clock;
            random = from.random;
            listener = from.listener;
            executor = from.executor;
            requestsKept = from.requestsKept;
            snapshots = from.snapshots;
            confirmations = from.confirmations;
        }

        private KeepOptions options() {
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
                    snapshots,
                    confirmations);
        }
    }
}
