package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static dev.rowkeep.storage.tck.Stores.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Reads see every commit that has returned, and never part of one, however many threads there are. */
abstract class ConcurrencyContract extends ContractTests {
    private static final int ACCOUNTS = 12;
    private static final long TOTAL = 100L * ACCOUNTS;
    private static final int LEAST_COMMITS = 150;
    private static final int LEAST_READS = 60;
    private static final int MOST_COMMITS = 4_000;

    ConcurrencyContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void readAllNeverSeesPartOfACommit() {
        List<Object> keys = accounts();
        whileMoneyMoves(() -> assertThat(sum(storage().readAll(COUNTERS, keys))).isEqualTo(TOTAL));
    }

    @Test
    void scansNeverSeePartOfACommit() {
        whileMoneyMoves(() -> assertThat(
                        sum(Transcript.drain(storage().scan(COUNTERS, Transcript.everything(COUNTERS)))))
                .isEqualTo(TOTAL));
    }

    @Test
    void countsNeverSeePartOfACommit() {
        whileMoneyMoves(
                () -> assertThat(storage().count(ITEMS, Condition.everything())).isEqualTo(1));
    }

    @Test
    void theLogNeverShowsPartOfACommit() {
        AtomicLong seen = new AtomicLong();
        whileMoneyMoves(() -> {
            long least = seen.get();
            long after = Math.max(0, storage().head().sequence() - 3);
            List<LoggedCommit> newest = storage().commitsAfter(after, 1_000);
            for (int i = 0; i < newest.size(); i++) {
                LoggedCommit commit = newest.get(i);
                assertThat(commit.header().sequence()).isEqualTo(after + 1 + i);
                assertThat(commit.changes()).hasSize(commit.header().sequence() == 1 ? ACCOUNTS + 1 : 4);
            }
            long last = after + newest.size();
            assertThat(last).isGreaterThanOrEqualTo(least);
            seen.accumulateAndGet(last, Math::max);
        });
    }

    @Test
    void everyReturnedCommitIsSeenByEveryRead() {
        AtomicLong acknowledged = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        commit(draft -> draft.put(COUNTERS, 1L, 0L));
        try (Crew crew = new Crew()) {
            for (int reader = 0; reader < 2; reader++) {
                crew.start(() -> {
                    while (!done.get()) {
                        long least = acknowledged.get();
                        assertThat((Long) image(COUNTERS, 1L).cells()[0]).isGreaterThanOrEqualTo(least);
                        least = acknowledged.get();
                        assertThat(storage().head().sequence()).isGreaterThanOrEqualTo(least + 1);
                        assertThat(storage().count(COUNTERS, Condition.atLeast(VALUE, least)))
                                .isEqualTo(1);
                        assertThat(storage().commitAt(least + 1)).isPresent();
                        assertThat(storage().versionAt(COUNTERS, 1L, Long.MAX_VALUE))
                                .isGreaterThanOrEqualTo(least + 1);
                    }
                });
            }
            runThen(() -> done.set(true), () -> {
                for (long i = 1; i <= 400; i++) {
                    long value = i;
                    commit(draft -> draft.put(COUNTERS, 1L, value));
                    acknowledged.set(value);
                }
            });
        }
    }

    /** A reader that is done before the decision returns must have seen nothing of it; it may also have waited. */
    @Test
    void readsDuringACommitSeeNoneOfIt() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L).put(ITEMS, "a", "n", "A", 1L));
        List<String> before = Transcript.of(storage());
        CountDownLatch read = new CountDownLatch(1);
        AtomicReference<List<String>> seen = new AtomicReference<>();
        AtomicBoolean decided = new AtomicBoolean();
        AtomicBoolean readFirst = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            commit(draft -> {
                draft.put(COUNTERS, 1L, 2L).put(ITEMS, "b", "n", "B", 1L).delete(ITEMS, "a");
                crew.start(() -> {
                    seen.set(Transcript.of(storage()));
                    readFirst.set(!decided.get());
                    read.countDown();
                });
                awaitUpTo(read, 2);
                decided.set(true);
            });
        }
        List<String> after = Transcript.of(storage());
        assertThat(after).isNotEqualTo(before);
        if (readFirst.get()) {
            assertThat(seen.get()).isEqualTo(before);
        }
    }

    @Test
    void commitsOfSeveralThreadsAllLand() {
        commit(draft -> draft.put(COUNTERS, 1L, 0L));
        try (Crew crew = new Crew()) {
            for (int writer = 0; writer < 4; writer++) {
                long mine = 100L + writer;
                crew.start(() -> {
                    for (int i = 0; i < 100; i++) {
                        commit(draft -> {
                            Image counter = draft.current(COUNTERS, 1L);
                            long value = counter == null ? 0 : (Long) counter.cells()[0];
                            draft.put(COUNTERS, 1L, value + 1).put(COUNTERS, mine, value);
                        });
                    }
                });
            }
        }
        assertLive(COUNTERS, 1L, 401, 400L);
        for (int writer = 0; writer < 4; writer++) {
            assertThat(image(COUNTERS, 100L + writer).version()).isEqualTo(100);
        }
        assertThat(storage().head().sequence()).isEqualTo(401);
    }

    private static List<Object> accounts() {
        List<Object> keys = new ArrayList<>();
        for (long account = 0; account < ACCOUNTS; account++) {
            keys.add(account);
        }
        return keys;
    }

    private static long sum(List<Image> images) {
        return images.stream().mapToLong(image -> (Long) image.cells()[0]).sum();
    }

    /**
     * Moves money between accounts, the first and the last among them more often, and a token from item to item, until enough was
     * both written and read; two readers check meanwhile that nothing appears or is lost.
     */
    private void whileMoneyMoves(Runnable check) {
        commit(draft -> {
            accounts().forEach(account -> draft.put(COUNTERS, account, 100L));
            draft.put(ITEMS, "token0", null, null, null);
        });
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        Random random = new Random(42);
        try (Crew crew = new Crew()) {
            for (int reader = 0; reader < 2; reader++) {
                crew.start(() -> runThen(() -> done.set(true), () -> {
                    while (!done.get()) {
                        check.run();
                        reads.incrementAndGet();
                    }
                }));
            }
            runThen(() -> done.set(true), () -> {
                for (int i = 0; !done.get() && i < MOST_COMMITS; i++) {
                    long from = i % 3 == 0 ? 0 : random.nextInt(ACCOUNTS - 1);
                    long to = i % 3 == 0 ? ACCOUNTS - 1 : from + 1 + random.nextInt((int) (ACCOUNTS - 1 - from));
                    int round = i;
                    commit(draft -> draft.put(COUNTERS, from, balance(draft, from) - 7)
                            .delete(ITEMS, "token" + round % 5)
                            .put(ITEMS, "token" + (round + 1) % 5, null, null, null)
                            .put(COUNTERS, to, balance(draft, to) + 7));
                    if (i >= LEAST_COMMITS && reads.get() >= LEAST_READS) {
                        return;
                    }
                }
            });
        }
    }

    private static long balance(PlanDraft draft, long account) {
        return (Long) present(draft.current(COUNTERS, account)).cells()[0];
    }

    private static void runThen(Runnable last, Runnable first) {
        try {
            first.run();
        } finally {
            last.run();
        }
    }

    private static void awaitUpTo(CountDownLatch latch, int seconds) {
        try {
            assertThat(latch.await(seconds, TimeUnit.SECONDS)).isIn(true, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
