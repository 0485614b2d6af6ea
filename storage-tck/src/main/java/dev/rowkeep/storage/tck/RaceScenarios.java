package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.InterruptedWriteException;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What writers and readers see of each other. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public abstract class RaceScenarios extends EngineScenarios {
    /** For the fixture's author. */
    protected RaceScenarios() {}

    @Test
    void tenUpdatesInASecondOnOneRecordAllLandWithinThree() throws Exception {
        store.insert(template("t1"));
        long started = System.nanoTime();
        inThreads(10, () -> store.update("t1", row -> row.with(USES, row.require(USES) + 1)));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
        assertThat(row("t1").get(USES)).isEqualTo(10);
    }

    @Test
    void readersSeeAnUpdateAtOnce() throws Exception {
        store.insert(template("t1"));
        for (long i = 1; i <= 200; i++) {
            long n = i;
            store.update("t1", row -> row.with(USES, n));
            inThreads(3, () -> assertThat(row("t1").get(USES)).isGreaterThanOrEqualTo(n));
        }
    }

    @Test
    void incrementsThroughClosuresSumExactly() throws Exception {
        increments(() -> store.update("t1", row -> row.with(USES, row.require(USES) + 1)));
    }

    @Test
    void incrementsThroughAddSumExactly() throws Exception {
        increments(() -> store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow());
    }

    private void increments(Callable<?> increment) throws Exception {
        store.insert(template("t1"));
        int each = isLong() ? 10_000 : 300;
        inThreads(64, () -> {
            for (int i = 0; i < each; i++) {
                increment.call();
            }
            return null;
        });
        assertThat(row("t1").get(USES)).isEqualTo(64L * each);
        assertThat(store.get("t1").orElseThrow().version()).isEqualTo(1 + 64L * each);
        assertThat(store.history("t1", 1000))
                .extracting(version -> version.version())
                .containsExactlyElementsOf(LongStream.range(0, 1000)
                        .mapToObj(i -> 1 + 64L * each - i)
                        .toList());
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void closureNeverLandsOnARecordWhoseReadCellChanged() {
        store.insert(template("t1"));
        AtomicInteger runs = new AtomicInteger();

        store.update("t1", row -> {
            if (runs.incrementAndGet() == 1) {
                inAnotherThread(() -> store.apply(Edit.update(templates, "t1").add(USES, 7L)));
            }
            return row.with(STOCK, row.require(USES) + 1);
        });

        assertThat(row("t1").get(STOCK)).isEqualTo(8);
        assertThat(runs).hasValue(2);
        assertThat(store.history("t1")).hasSize(3);
    }

    private void inAnotherThread(Callable<?> work) {
        try {
            threads.submit(work).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closuresAmongDirectWritesAllLandOnWhatTheyRead() throws Exception {
        store.insert(template("t1"));
        AtomicBoolean done = new AtomicBoolean();
        List<Future<?>> adders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            adders.add(threads.submit(() -> {
                while (!done.get()) {
                    store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
                }
            }));
        }
        List<Long> landed = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                String unlike = "closure " + i;
                landed.add(store.update(
                                "t1",
                                row -> row.with(STOCK, row.require(USES) + 1).with(SECTIONS, unlike))
                        .version());
            }
        } finally {
            done.set(true);
        }
        for (Future<?> adder : adders) {
            adder.get(30, TimeUnit.SECONDS);
        }
        for (long version : landed) {
            Row now = store.asOf("t1", version).orElseThrow().value();
            Row before = store.asOf("t1", version - 1).orElseThrow().value();
            assertThat(now.require(STOCK)).isEqualTo(before.require(USES) + 1);
        }
    }

    @Test
    void interruptedWriterInTheQueueIsCancelled() throws Exception {
        store.insert(template("t1"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        CompletableFuture<?> first =
                store.applyAsync(Edit.update(templates, "t1").add(USES, 1L));
        hold.awaitReached();
        AtomicInteger interrupts = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                store.apply(Edit.update(templates, "t1").add(USES, 10L));
            } catch (InterruptedWriteException e) {
                interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 100);
            }
        });
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        waiter.interrupt();
        waiter.join();
        hold.release();
        first.get(30, TimeUnit.SECONDS);
        assertThat(interrupts).hasValue(1);
        assertThat(row("t1").get(USES)).isEqualTo(1);
        store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
        assertThat(row("t1").get(USES)).isEqualTo(2);
    }

    @Test
    void answerComputedOnAPendingImageWaitsUntilThatIsDurable() throws Exception {
        store.insert(template("t1"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        Future<?> first = threads.submit(() -> store.update("t1", row -> row.with(USES, 1L)));
        hold.awaitReached();
        Future<?> unchanged = threads.submit(() -> store.update("t1", row -> {
            assertThat(row.get(USES)).isEqualTo(1);
            return row;
        }));
        Future<?> thrown = threads.submit(() -> store.update("t1", row -> {
            throw new IllegalStateException("on " + row.get(USES));
        }));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> unchanged.get(200, TimeUnit.MILLISECONDS));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> thrown.get(50, TimeUnit.MILLISECONDS));
        assertThat(row("t1").get(USES)).isZero();
        hold.release();
        first.get(30, TimeUnit.SECONDS);
        unchanged.get(30, TimeUnit.SECONDS);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> thrown.get(30, TimeUnit.SECONDS))
                .withMessageContaining("on 1");
    }

    @Test
    void brokenChainIsRunAgainOnWhatIsThere() throws Exception {
        store.insert(template("t1"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold), Fault.unknownAndNotWritten());
        CompletableFuture<?> first =
                store.applyAsync(Edit.update(templates, "t1").add(STOCK, 1L));
        hold.awaitReached();
        List<Future<?>> chain = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            chain.add(threads.submit(() -> store.update("t1", row -> row.with(USES, row.require(USES) + 1))));
        }
        hold.release();
        first.get(30, TimeUnit.SECONDS);
        int landed = 0;
        for (Future<?> one : chain) {
            try {
                one.get(30, TimeUnit.SECONDS);
                landed++;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(StorageException.class);
            }
        }
        assertThat(row("t1").get(USES)).isEqualTo(landed);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void successorOfALostWriteDoesNotTakeAnotherWriteOfThatVersionForIt() throws Exception {
        store.insert(template("t1"));
        store.insert(template("t2"));
        long stock = row("t1").require(STOCK);
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold), Fault.rolledBack(), Fault.rolledBack());
        CompletableFuture<?> elsewhere =
                store.applyAsync(Edit.update(templates, "t2").add(STOCK, 1L));
        hold.awaitReached();
        CountDownLatch lostRuns = new CountDownLatch(1);
        Future<?> lost = threads.submit(() -> store.update("t1", row -> {
            lostRuns.countDown();
            return row.with(USES, 100L);
        }));
        assertThat(lostRuns.await(30, TimeUnit.SECONDS)).isTrue();
        CountDownLatch lostIsQueued = new CountDownLatch(1);
        Future<?> onlooker = threads.submit(() -> store.update("t1", row -> {
            if (row.require(USES) == 100) {
                lostIsQueued.countDown();
            }
            return row;
        }));
        assertThat(lostIsQueued.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> sameVersion =
                store.applyAsync(Edit.update(templates, "t1").add(STOCK, 1L));
        AtomicBoolean ranOnLost = new AtomicBoolean();
        CountDownLatch successorRan = new CountDownLatch(1);
        Future<?> successor = threads.submit(() -> store.update("t1", row -> {
            ranOnLost.compareAndSet(false, row.require(USES) == 100);
            successorRan.countDown();
            return row.with(USES, row.require(USES) + 1);
        }));
        assertThat(successorRan.await(30, TimeUnit.SECONDS)).isTrue();
        hold.release();
        elsewhere.get(30, TimeUnit.SECONDS);
        sameVersion.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> lost.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(StorageException.class);
        successor.get(30, TimeUnit.SECONDS);
        assertThat(ranOnLost).isTrue();
        assertThat(row("t1").get(STOCK)).isEqualTo(stock + 1);
        assertThat(row("t1").get(USES)).isEqualTo(template("t1").require(USES) + 1);
        onlooker.get(30, TimeUnit.SECONDS);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void validatorsAndMergesRunOnTheirCallersThread() {
        List<Thread> seen = new ArrayList<>();
        var checked = dev.rowkeep.schema.Schema.dynamic("checked", ID, USES)
                .check(
                        "on my thread",
                        row -> {
                            seen.add(Thread.currentThread());
                            return true;
                        },
                        "Nothing.");
        var other = keep.store(checked);
        other.insert(Row.of(checked, "a").with(USES, 1L));
        other.apply(Edit.update(checked, "a").add(USES, 1L)).orThrow();
        assertThat(seen).isNotEmpty().containsOnly(Thread.currentThread());
    }

    @Test
    void subscriptionCatchesUpAndFollowsWithoutAGap() throws Exception {
        store.insert(template("t1"));
        AtomicBoolean done = new AtomicBoolean();
        Future<?> writer = threads.submit(() -> {
            while (!done.get()) {
                store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
            }
        });
        for (int round = 0; round < 5; round++) {
            List<Long> delivered = new ArrayList<>();
            CountDownLatch enough = new CountDownLatch(300);
            AtomicBoolean failOnce = new AtomicBoolean(true);
            try (var subscription = keep.log().subscribe(keep.log().start(), LogFilter.everything(), commit -> {
                if (commit.position().sequence() == 50 && failOnce.getAndSet(false)) {
                    throw new IllegalStateException("a listener that fails once");
                }
                delivered.add(commit.position().sequence());
                enough.countDown();
            })) {
                assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(subscription.failure()).isEmpty();
            }
            assertThat(delivered)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, delivered.size()).boxed().toList());
        }
        done.set(true);
        writer.get();
    }

    @Test
    void whoQueuesTooManyWritesIsKeptUntilThereIsRoom() throws Exception {
        store.insert(template("t1"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        int tooMany = (1 << 16) + 1_000;
        List<CompletableFuture<?>> answers = new ArrayList<>();
        Thread flood = new Thread(() -> {
            for (int i = 0; i < tooMany; i++) {
                answers.add(store.applyAsync(Edit.update(templates, "t1").add(USES, 1L)));
            }
        });
        flood.start();
        hold.awaitReached();
        while (flood.isAlive() && flood.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(flood.isAlive()).isTrue();

        hold.release();
        flood.join();
        for (CompletableFuture<?> answer : answers) {
            answer.get(60, TimeUnit.SECONDS);
        }
        assertThat(row("t1").get(USES)).isEqualTo(tooMany);
    }

    @Test
    void closeLetsQueuedWritesLand() throws Exception {
        List<CompletableFuture<WriteResult<String, Row>>> inFlight = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            inFlight.add(store.applyAsync(Edit.insert(templates, template("t" + i))));
        }
        keep.close();
        for (CompletableFuture<WriteResult<String, Row>> one : inFlight) {
            assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(WriteResult.Applied.class);
        }
        assertThatExceptionOfType(dev.rowkeep.error.ClosedException.class)
                .isThrownBy(() -> store.insert(template("late")));
    }

    private void inThreads(int count, Callable<?> work) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(work));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }
}
