package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What serializable transactions must not let happen, each as the shortest course of events that would show it. Two transactions that
 * read the same state are committed one after the other, or in one batch, where the second meets what is not in the log yet.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class AnomalyScenarios extends TransactionRehearsal {
    /** For the fixture's author. */
    protected AnomalyScenarios() {}

    /** How two transactions that read the same state come to the commit. */
    enum Course {
        /** The second has committed before the first one's closure returns. */
        ONE_AFTER_THE_OTHER,
        /** Both wait in the queue and are committed in one batch. */
        IN_ONE_BATCH
    }

    /** What happens in one course. */
    private interface Play {
        void in(Course course) throws Exception;
    }

    /** Plays in each course, each time on empty stores. */
    private void inEachCourse(Play play) throws Exception {
        for (Course course : Course.values()) {
            accounts.query().list().forEach(record -> accounts.delete(record.key()));
            store.query().list().forEach(record -> store.delete(record.key()));
            play.in(course);
        }
    }

    /** Runs both on the same state; gives how many runs there were, 2 if neither was repeated. */
    private int race(Course course, Consumer<Transaction> one, Consumer<Transaction> other) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        if (course == Course.ONE_AFTER_THE_OTHER) {
            AtomicInteger first = new AtomicInteger();
            keep.inTransaction(tx -> {
                one.accept(tx);
                if (first.incrementAndGet() == 1) {
                    meanwhile(() -> inTransaction(runs, other));
                }
                return runs.incrementAndGet();
            });
            return runs.get();
        }
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        Future<?> filler = threads.submit(() -> store.insert(template("filler")));
        hold.awaitReached();
        List<Thread> waiters = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        for (Consumer<Transaction> body : List.of(one, other)) {
            AtomicInteger mine = new AtomicInteger();
            Thread waiter = new Thread(() -> {
                try {
                    keep.inTransaction(tx -> {
                        body.accept(tx);
                        runs.incrementAndGet();
                        return mine.incrementAndGet();
                    });
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            });
            waiters.add(waiter);
            waiter.start();
            while (mine.get() == 0 || waiter.getState() != Thread.State.WAITING) {
                assertThat(waiter.isAlive()).isTrue();
                Thread.onSpinWait();
            }
        }
        int commits = storage.commits();
        hold.release();
        filler.get(30, TimeUnit.SECONDS);
        for (Thread waiter : waiters) {
            waiter.join();
        }
        assertThat(failures).isEmpty();
        assertThat(storage.commits() - commits).as("batches").isLessThan(runs.get());
        return runs.get();
    }

    private Object inTransaction(AtomicInteger runs, Consumer<Transaction> body) {
        return keep.inTransaction(tx -> {
            body.accept(tx);
            return runs.incrementAndGet();
        });
    }

    @Test
    void noUpdateIsLost() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 100));
            Consumer<Transaction> deposit = tx -> set(tx.on(accounts), "a", amount(tx.on(accounts), "a") + 10);
            assertThat(race(course, deposit, deposit)).isEqualTo(3);
            assertThat(amount("a")).isEqualTo(120);
        });
    }

    @Test
    void noWriteIsDirty() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 0));
            store.insert(template("t1"));
            race(course, both(1), both(2));
            assertThat(amount("a")).isEqualTo(row("t1").get(USES)).isPositive();
        });
    }

    private Consumer<Transaction> both(long value) {
        return tx -> {
            set(tx.on(accounts), "a", value);
            tx.on(store).update("t1", row -> row.with(USES, value));
        };
    }

    @Test
    void noReadIsDirty() {
        accounts.insert(account("a", 0));
        amount("a");
        assertThatIllegalStateException()
                .isThrownBy(() -> keep.inTransaction(tx -> {
                    set(tx.on(accounts), "a", 5);
                    assertThat(meanwhile(() -> amount("a"))).isZero();
                    assertThat(meanwhile(() -> keep.inTransaction(other -> amount(other.on(accounts), "a")))
                                    .value())
                            .isZero();
                    throw new IllegalStateException("never mind");
                }));
        assertThat(amount("a")).isZero();
    }

    @Test
    void noReadIsFuzzy() {
        accounts.insert(account("a", 0));
        keep.inTransaction(tx -> {
            assertThat(amount(tx.on(accounts), "a")).isZero();
            meanwhile(() -> {
                pay("a", 1);
                return accounts.insert(account("b", 1));
            });
            assertThat(amount(tx.on(accounts), "a")).isZero();
            assertThat(tx.on(accounts).getAll(List.of("a", "b"))).hasSize(1);
            assertThat(tx.on(accounts).query().list()).hasSize(1);
            return null;
        });
    }

    /** What was read before a change and what is read after it never come together. */
    @Test
    void noReadIsSkewed() {
        accounts.insert(account("a", 50));
        accounts.insert(account("b", 50));
        long sum = keep.inTransaction(tx -> {
                    long a = amount(tx.on(accounts), "a");
                    meanwhile(() -> keep.inTransaction(other -> {
                        set(other.on(accounts), "a", 10);
                        set(other.on(accounts), "b", 90);
                        return null;
                    }));
                    return a + amount(tx.on(accounts), "b");
                })
                .value();
        assertThat(sum).isEqualTo(100);
    }

    @Test
    void noWriteIsSkewed() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 100));
            accounts.insert(account("b", 100));
            assertThat(race(course, withdraw("a", "b"), withdraw("b", "a"))).isEqualTo(3);
            assertThat(amount("a") + amount("b")).isZero();
        });
    }

    /** Takes 100 from one account, if both together have 200, and what is left in both from it otherwise. */
    private Consumer<Transaction> withdraw(String from, String other) {
        return tx -> {
            TransactionStore<String, Row> within = tx.on(accounts);
            long sum = amount(within, from) + amount(within, other);
            long taken = sum >= 200 ? 100 : sum;
            set(within, from, amount(within, from) - taken);
        };
    }

    @Test
    void noWriteIsSkewedAcrossStores() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 1));
            store.insert(template("t1"));
            store.update("t1", row -> row.with(USES, 1L));
            Consumer<Transaction> one = tx -> set(tx.on(accounts), "a", 10 + uses(tx));
            Consumer<Transaction> other = tx -> {
                long read = amount(tx.on(accounts), "a");
                tx.on(store).update("t1", row -> row.with(USES, 10 + read));
            };
            assertThat(race(course, one, other)).isEqualTo(3);
            assertThat(List.of(amount("a"), row("t1").require(USES))).isIn(List.of(11L, 21L), List.of(21L, 11L));
        });
    }

    private long uses(Transaction tx) {
        return tx.on(store).get("t1").orElseThrow().value().require(USES);
    }

    /** Each reads by a condition what the other one brings about; at most one may have seen nothing of the other. */
    private void phantom(
            Course course,
            Function<TransactionStore<String, Row>, Long> read,
            Consumer<TransactionStore<String, Row>> bringAbout)
            throws Exception {
        store.insert(template("t1"));
        Consumer<Transaction> reader = tx -> {
            long seen = read.apply(tx.on(accounts));
            tx.on(store).update("t1", row -> row.with(USES, seen + 1));
        };
        Consumer<Transaction> writer = tx -> {
            if (uses(tx) == 0) {
                bringAbout.accept(tx.on(accounts));
            }
        };
        int runs = race(course, reader, writer);
        assertThat(runs).isEqualTo(3);
        long now = keep.inTransaction(tx -> read.apply(tx.on(accounts))).value();
        assertThat(row("t1").require(USES)).isEqualTo(now + 1);
    }

    private static RecordQuery<String, Row> large(TransactionStore<String, Row> store) {
        return store.where(Condition.atLeast(AMOUNT, 10L));
    }

    @Test
    void noPhantomComesByInsert() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 10));
            phantom(course, store -> large(store).count(), store -> store.insert(account("b", 10)));
        });
    }

    @Test
    void noPhantomComesByAnUpdateIntoThePredicate() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 10));
            accounts.insert(account("b", 9));
            phantom(course, store -> (long) large(store).list().size(), store -> set(store, "b", 10));
        });
    }

    @Test
    void noPhantomGoesByAnUpdateOutOfThePredicate() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 10));
            accounts.insert(account("b", 10));
            phantom(course, store -> large(store).count(), store -> set(store, "b", 9));
        });
    }

    @Test
    void noPhantomGoesByDelete() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 10));
            accounts.insert(account("b", 10));
            phantom(course, store -> (long) large(store).list().size(), store -> store.delete("b"));
        });
    }

    /** The first in an order is another one when somebody comes before it. */
    @Test
    void noPhantomComesBeforeTheEndOfALimitedQuery() throws Exception {
        inEachCourse(course -> {
            accounts.insert(account("a", 10));
            accounts.insert(account("b", 20));
            phantom(course, store -> largest(store).value().require(AMOUNT), store -> store.insert(account("c", 30)));
        });
    }

    private static VersionedRecord<String, Row> largest(TransactionStore<String, Row> store) {
        return store.query().orderBy(Order.descending(AMOUNT)).first().orElseThrow();
    }

    /** What comes after the results of a limited query, or before a page, is none of its business. */
    @Test
    void changesOutsideOfWhatAQueryLookedAtAreNoConflict() {
        for (int i = 0; i < 9; i++) {
            accounts.insert(account("a" + i, 10L * i));
        }
        store.insert(template("t1"));
        AtomicInteger runs = new AtomicInteger();
        keep.inTransaction(tx -> {
            RecordQuery<String, Row> ascending = tx.on(accounts).query().orderBy(Order.ascending(AMOUNT));
            var first = ascending.where(Condition.atLeast(AMOUNT, 20L)).page(2);
            var second = ascending
                    .where(Condition.atLeast(AMOUNT, 20L))
                    .page(2, first.next().orElseThrow());
            assertThat(second.items()).extracting(VersionedRecord::key).containsExactly("a4", "a5");
            if (runs.incrementAndGet() == 1) {
                meanwhile(() -> {
                    pay("a0", 1);
                    accounts.delete("a1");
                    pay("a7", 5);
                    return accounts.insert(account("b", 1));
                });
            }
            tx.on(store).update("t1", row -> row.with(USES, 1L));
            return null;
        });
        assertThat(runs).hasValue(1);
    }
}
