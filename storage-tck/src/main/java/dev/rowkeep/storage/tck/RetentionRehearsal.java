package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.KeepOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What the scenarios of retention share: a log of sixty hours, what each of its places held, and a policy of twenty hours. */
abstract class RetentionRehearsal extends SnapshotRehearsal {
    static final Duration HOUR = Duration.ofHours(1);
    static final RetentionPolicy TWENTY_HOURS = RetentionPolicy.keepFor(HOUR.multipliedBy(20));

    final SteeredClock clock = new SteeredClock();

    /** What the records were at each place. */
    final Map<Long, List<VersionedRecord<String, Row>>> past = new TreeMap<>();

    @Override
    protected KeepOptions options() {
        return super.options().clock(clock).requestsKept(Duration.ofHours(2));
    }

    /** 60 commits, one an hour: t1 is changed by each but a few, t2 lives for a while, t3 is never changed, t4 is deleted and comes back. */
    final void live() {
        store.insert(template("t1"));
        store.as(ben()).insert(template("t3"));
        store.insert(template("t2"));
        store.insert(template("t4"));
        note();
        for (int i = 1; i <= 56; i++) {
            clock.move(HOUR);
            if (i == 30) {
                store.delete("t2");
            } else if (i == 10) {
                store.delete("t4");
            } else if (i == 50) {
                store.insert(template("t4").with(USES, 44L));
            } else {
                set(i % 2 == 0 ? ana() : ben(), "t1", i);
            }
            note();
        }
    }

    final void note() {
        Position head = keep.log().head();
        past.put(head.sequence(), viewed(head));
    }

    final RetentionResult cut() {
        return applied(TWENTY_HOURS);
    }

    /** A run to its end, after which the log verifies. */
    final RetentionResult applied(RetentionPolicy policy) {
        RetentionResult result = keep.retention().apply(policy);
        assertThat(result.isComplete()).isTrue();
        assertThat(keep.log().verify().problem()).isEmpty();
        return result;
    }

    /** All of the log, where it is not cut. */
    final List<Commit> log() {
        return keep.log().read(at(0), 10_000);
    }

    final long newestVersion(String key) {
        return store.get(key).orElseThrow().version();
    }

    /** A run beside a writer and a reader, of which the record "busy" has 2,000 versions, one in each commit. */
    final void assertOthersGoOnDuring(RetentionPolicy policy) throws Exception {
        store.insert(template("t1"));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Future<?> writer = threads.submit(() -> {
            while (!done.get()) {
                set(ana(), "t1", written.incrementAndGet());
            }
        });
        Future<?> reader = threads.submit(() -> {
            for (long sequence = 1; !done.get(); sequence += 97) {
                long place = 1 + sequence % 2_000;
                try {
                    Optional<VersionedRecord<String, Row>> record = store.asOf("busy", at(place));
                    assertThat(record.orElseThrow().version()).isEqualTo(place);
                    assertThat(viewed(at(place)).get(0).version()).isEqualTo(place);
                } catch (HistoryDroppedException e) {
                    assertThat(e.oldest().sequence()).isGreaterThan(place);
                }
            }
        });
        keep.retention().apply(policy, progress -> {
            assertThat(writer.isDone() || reader.isDone()).isFalse();
            return true;
        });
        assertThat(keep.log().verify().problem()).isEmpty();
        done.set(true);
        writer.get(30, TimeUnit.SECONDS);
        reader.get(30, TimeUnit.SECONDS);
        assertThat(row("t1").get(USES)).isEqualTo(written.get());
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    /** Runs something on another thread and waits for it. */
    final void elsewhere(Runnable action) {
        try {
            threads.submit(action).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void assertDropped(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Position oldest) {
        HistoryDroppedException dropped = catchThrowableOfType(HistoryDroppedException.class, call);
        assertThat(dropped).isNotNull();
        assertThat(dropped.oldest()).isEqualTo(oldest);
        assertThat(dropped).hasMessageContaining(oldest.toString());
    }

    RetentionRehearsal() {}
}
