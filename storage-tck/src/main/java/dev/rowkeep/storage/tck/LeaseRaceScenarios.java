package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.LeaseLostException;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holders of a lease that are paused for longer than it lasts, in real time. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class LeaseRaceScenarios extends EngineScenarios {
    private static final Duration TIME = Duration.ofMillis(20);
    private static final int THREADS = 4;

    private final long seed = Long.getLong("rowkeep.seed", System.nanoTime());
    private final AtomicInteger pauses = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /** For the fixture's author. */
    protected LeaseRaceScenarios() {}

    @Test
    void holderWhoWasPausedForLongerThanTheLeaseLastsWritesNothing() throws Exception {
        int rounds = isLong() ? 200 : 20;
        store.insert(template("t1"));
        List<Future<?>> holders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            Session session = keep.session(Author.job("holder" + i));
            holders.add(threads.submit(() -> {
                while (pauses.get() < rounds) {
                    hold(session, random);
                }
                return null;
            }));
        }
        for (Future<?> holder : holders) {
            holder.get(4, TimeUnit.MINUTES);
        }
        long tokens = LeaseAudit.requireNoWriteByAStaleHolder(keep);
        System.out.println(
                "Lease: " + tokens + " tokens, " + pauses + " pauses, " + refused + " writes refused, seed " + seed);
        assertThat(refused.get()).as("seed %d", seed).isGreaterThanOrEqualTo(pauses.get());
    }

    private void hold(Session session, Random random) throws InterruptedException {
        LeaseResult result;
        try {
            result = session.leases().acquire("counting", TIME);
        } catch (RetriesExhaustedException e) {
            return;
        }
        if (!(result instanceof LeaseResult.Acquired acquired)) {
            Thread.sleep(1 + random.nextInt(5));
            return;
        }
        Lease lease = acquired.lease();
        RecordStore<String, Row> fenced =
                store.as(session.correlatedBy("token " + lease.token()).fencedBy(lease));
        try {
            for (int i = random.nextInt(4); i > 0; i--) {
                fenced.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
            }
        } catch (LeaseLostException e) {
            refused.incrementAndGet();
            return;
        }
        if (random.nextInt(4) == 0) {
            session.leases().release(lease);
            return;
        }
        Thread.sleep(TIME.toMillis() + random.nextInt(20));
        pauses.incrementAndGet();
        try {
            fenced.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
            throw new AssertionError("A write under " + lease + " landed after its end, seed " + seed);
        } catch (LeaseLostException e) {
            refused.incrementAndGet();
        }
    }
}
