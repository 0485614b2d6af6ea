package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.snapshot.SnapshotPolicy;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.spi.Head;
import dev.rowkeep.store.KeepOptions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the snapshots of a policy. The leader of a commit only compares two numbers and hands over; what is due is decided on the thread that
 * makes it, by what the storage holds, while no other process makes one. Files are written for long, so the thread is none of those that
 * an application's callbacks run on.
 */
final class AutomaticSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowkeep");

    private final Engine engine;
    private final SnapshotPolicy policy;
    private final Clock clock;
    private final Executor executor;
    private final Observer observer;
    private final Writer writer;
    private final long openedMicros;
    private final AtomicBoolean isRunning = new AtomicBoolean();

    /** From which commit, and from when, there may be one due: not later than it is. */
    private volatile long dueSequence;

    private volatile long dueMicros;

    AutomaticSnapshots(Engine engine, KeepOptions options, Executor executor, Observer observer) {
        this.engine = engine;
        this.policy = options.snapshots();
        this.writer = new Writer(options.author(), "automatic snapshot", null);
        this.clock = options.clock();
        this.executor = executor;
        this.observer = observer;
        this.openedMicros = policy.isActive() ? StoreState.micros(clock.instant()) : 0;
        this.dueSequence = policy.everyCommits().isPresent() ? 0 : Long.MAX_VALUE;
        this.dueMicros = policy.every().isPresent() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** A commit is durable; called by the leader. Never throws. */
    void committed(long sequence) {
        if (policy.isActive() && mayBeDue(sequence) && isRunning.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                isRunning.set(false); // The handle is being closed.
            }
        }
    }

    private boolean mayBeDue(long sequence) {
        return sequence >= dueSequence
                || (dueMicros < Long.MAX_VALUE && StoreState.micros(clock.instant()) >= dueMicros);
    }

    private void run() {
        long seen = 0;
        try {
            Head head = engine.storage().head();
            seen = head.sequence();
            if (nameIfDue(head).isPresent()) { // Looked at again when no other process makes one.
                seen = engine.snapshots()
                        .making()
                        .make(new SnapshotMaking.Order(writer, Snapshots.AUTOMATIC, this::nameIfDue, this::old))
                        .map(Kept::landed)
                        .orElse(seen);
            }
        } catch (RuntimeException e) {
            setDue(seen, StoreState.micros(clock.instant()));
            tell(e);
        } finally {
            isRunning.set(false);
        }
        lookAgain(seen);
    }

    /** At what landed while one was made. */
    private void lookAgain(long seen) {
        long head = engine.feed().head();
        if (head > seen) {
            committed(head);
        }
    }

    /** What failed is not tried with every commit from now on, but when the next one is due. */
    private void tell(RuntimeException cause) {
        if (engine.entry().isOpen()) {
            LOG.warn("A snapshot that is due by the policy was not made, or an old one not dropped", cause);
            observer.tell(new KeepEvent.SnapshotFailed(cause));
        }
    }

    private Optional<String> nameIfDue(Head head) {
        long now = StoreState.micros(clock.instant());
        List<Kept> made = automatic();
        Kept last = made.isEmpty() ? null : made.get(made.size() - 1);
        long lastSequence = last == null ? 0 : last.landed();
        long lastMicros =
                last == null ? openedMicros : StoreState.micros(last.snapshot().time());
        boolean isByCount = policy.everyCommits().isPresent()
                && head.sequence() >= lastSequence + policy.everyCommits().getAsLong();
        boolean isByTime = policy.every().isPresent() && now >= lastMicros + micros() && head.sequence() > lastSequence;
        boolean isDue = isByCount || isByTime;
        setDue(isDue ? head.sequence() + 1 : lastSequence, isDue ? now : lastMicros);
        return isDue ? Optional.of(Snapshots.AUTOMATIC + head.sequence()) : Optional.empty();
    }

    /** When the next one is due after one that landed with the commit {@code sequence}, at a time. */
    private void setDue(long sequence, long timeMicros) {
        policy.everyCommits().ifPresent(commits -> dueSequence = sequence + commits);
        policy.every().ifPresent(time -> dueMicros = timeMicros + micros());
    }

    private long micros() {
        return TimeUnit.MICROSECONDS.convert(policy.every().orElseThrow());
    }

    /** Those for which the next one leaves no room. */
    private List<Kept> old() {
        List<Kept> made = automatic();
        return made.subList(0, Math.max(0, made.size() + 1 - policy.keepLast()));
    }

    /** Those that any policy made, the oldest first. */
    private List<Kept> automatic() {
        return engine.snapshots().records().all().stream()
                .filter(kept -> kept.snapshot().isAutomatic())
                .toList();
    }
}
