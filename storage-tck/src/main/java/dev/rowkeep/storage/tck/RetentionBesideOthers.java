package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Position;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who writes, reads and listens while the log is cut. */
abstract class RetentionBesideOthers extends RetentionRehearsal {
    RetentionBesideOthers() {}

    @Test
    void writersAndReadersGoOnMeanwhile() throws Exception {
        busy(2_000);
        clock.move(HOUR.multipliedBy(30));
        assertOthersGoOnDuring(TWENTY_HOURS);
    }

    @Test
    void whatIsDroppedDuringAReadIsNotAnsweredFromWhatIsLeft() {
        live();
        AtomicBoolean isCut = new AtomicBoolean();
        storage.beforeLogReads(sequence -> {
            if (isCut.compareAndSet(false, true)) {
                elsewhere(this::cut);
            }
        });
        assertDropped(() -> store.asOf("t1", at(10)), at(40));
        assertThat(isCut).isTrue();
    }

    @Test
    void aTransactionThatIsOlderThanTheCutRunsAgain() throws Exception {
        live();
        AtomicInteger runs = new AtomicInteger();
        long uses = keep.inTransaction(transaction -> {
                    VersionedRecord<String, Row> read =
                            transaction.on(store).get("t1").orElseThrow();
                    if (runs.incrementAndGet() == 1) {
                        elsewhere(() -> {
                            set(ben(), "t1", 500);
                            clock.move(HOUR.multipliedBy(30));
                            cut();
                        });
                    }
                    long next = read.value().require(USES) + 1;
                    transaction.on(store).update("t1", row -> row.with(USES, next));
                    return next;
                })
                .value();
        assertThat(runs).hasValue(2);
        assertThat(uses).isEqualTo(501);
        assertThat(row("t1").get(USES)).isEqualTo(501L);
    }

    /** It writes another record than it read, so that only the log could tell that what it read is old. */
    @Test
    void aTransactionWhoseReadsChangedBeforeTheCutRunsAgain() throws Exception {
        live();
        AtomicInteger runs = new AtomicInteger();
        keep.inTransaction(transaction -> {
            long read = transaction.on(store).get("t1").orElseThrow().value().require(USES);
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> {
                    set(ben(), "t1", 500);
                    clock.move(HOUR.multipliedBy(30));
                    cut();
                });
            }
            transaction.on(store).update("t3", row -> row.with(USES, read + 1));
            return read;
        });
        assertThat(runs).hasValue(2);
        assertThat(row("t3").get(USES)).isEqualTo(501L);
    }

    @Test
    void aSubscriptionThatTheCutHasOvertakenEnds() throws Exception {
        busy(600);
        clock.move(HOUR.multipliedBy(30));
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Subscription behind = keep.log().subscribe(at(0), LogFilter.everything(), commit -> {
            first.countDown();
            await(goOn);
        })) {
            assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
            Position oldest = cut().oldest();
            goOn.countDown();
            while (behind.failure().isEmpty() && behind.delivered().sequence() <= oldest.sequence()) {
                Thread.onSpinWait();
            }
            assertThat(behind.failure().orElseThrow()).isInstanceOf(HistoryDroppedException.class);
            assertThat(behind.delivered().sequence()).isLessThan(oldest.sequence());
            assertDropped(() -> keep.log().subscribe(at(5), LogFilter.everything(), commit -> {}), oldest);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
