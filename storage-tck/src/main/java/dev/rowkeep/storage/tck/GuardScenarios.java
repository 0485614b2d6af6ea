package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Deferral;
import dev.rowkeep.edit.DeferredException;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Jobs that leave alone what a person has just touched. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class GuardScenarios extends EngineScenarios {
    private static final Duration GUARD = Duration.ofSeconds(5);

    private final SteeredClock clock = new SteeredClock();

    /** For the fixture's author. */
    protected GuardScenarios() {}

    @Override
    protected KeepOptions options() {
        return KeepOptions.defaults().clock(clock);
    }

    private Session job() {
        return keep.session(Author.job("sync"));
    }

    private RecordStore<String, Row> asJob() {
        return store.as(job());
    }

    private Edit<String, Row> guarded(String id) {
        return Edit.update(templates, id).add(USES, 1L).unlessTouchedWithin(GUARD);
    }

    @Test
    void aJobWaitsUntilThePersonsTouchIsOldEnough() {
        as("ana").insert(template("t1"));
        Instant touched = clock.instant();
        clock.move(Duration.ofSeconds(4));
        asJob().apply(Edit.update(templates, "t1").add(STOCK, 1L)).orThrow();
        clock.move(GUARD.minusSeconds(4).minusNanos(1_000));

        WriteResult<String, Row> early = asJob().apply(guarded("t1"));

        Deferral deferral = ((WriteResult.Deferred<String, Row>) early).deferral();
        assertThat(deferral).isEqualTo(new Deferral("templates", "t1", "ana", touched, touched.plus(GUARD)));
        assertThatExceptionOfType(DeferredException.class)
                .isThrownBy(early::orThrow)
                .withMessageContaining("templates/t1")
                .withMessageContaining("ana")
                .satisfies(e -> assertThat(e.deferral()).isEqualTo(deferral));
        assertThat(row("t1").get(USES)).isZero();
        clock.move(Duration.ofNanos(1_000));
        assertThat(asJob().apply(guarded("t1"))).isInstanceOf(WriteResult.Applied.class);
        assertThat(asJob().apply(guarded("t1"))).isInstanceOf(WriteResult.Applied.class);
        assertThat(store.history("t1")).hasSize(4);
    }

    @Test
    void whatNoPersonTouchedIsNotWaitedFor() {
        asJob().insert(template("t1"));
        assertThat(asJob().apply(guarded("t1"))).isInstanceOf(WriteResult.Applied.class);
        assertThat(asJob().apply(Edit.insert(templates, template("t2")).unlessTouchedWithin(GUARD)))
                .isInstanceOf(WriteResult.Applied.class);
    }

    @Test
    void aDeleteByAPersonIsATouchToo() {
        as("ana").insert(template("t1"));
        clock.move(GUARD);
        as("ben").delete("t1");
        Edit<String, Row> insert = Edit.insert(templates, template("t1")).unlessTouchedWithin(GUARD);
        assertThat(((WriteResult.Deferred<String, Row>) asJob().apply(insert))
                        .deferral()
                        .by())
                .isEqualTo("ben");
        clock.move(GUARD);
        assertThat(asJob().apply(insert)).isInstanceOf(WriteResult.Applied.class);
    }

    @Test
    void everyWriteOfAGuardedSessionWaits() throws Exception {
        RecordStore<String, Row> guarded = store.as(job().unlessTouchedWithin(GUARD));
        VersionedRecord<String, Row> read = as("ana").insert(template("t1"));
        as("ana").insert(template("gone"));
        as("ana").delete("gone");
        long head = keep.log().head().sequence();
        List<Runnable> verbs = List.of(
                () -> guarded.update("t1", row -> row.with(USES, 1L)),
                () -> guarded.delete("t1"),
                () -> guarded.insert(template("gone")),
                () -> guarded.revert("t1", 1).orThrow());
        for (Runnable verb : verbs.subList(0, 3)) {
            assertThatExceptionOfType(DeferredException.class).isThrownBy(verb::run);
        }
        assertThat(guarded.apply(Edit.update(templates, "t1").set(USES, 3L).basedOn(read)))
                .isInstanceOf(WriteResult.Deferred.class);
        assertThat(guarded.applyAsync(Edit.update(templates, "t1").add(USES, 3L))
                        .get(30, TimeUnit.SECONDS))
                .isInstanceOf(WriteResult.Deferred.class);
        CommitResult commit = job().unlessTouchedWithin(GUARD)
                .commit(List.of(
                        Edit.insert(templates, template("new")),
                        Edit.update(templates, "t1").add(USES, 1L)));
        assertThat(((CommitResult.Refused) commit).problems()).singleElement().isInstanceOf(WriteResult.Deferred.class);
        assertThat(keep.log().head().sequence()).isEqualTo(head);
        clock.move(GUARD);
        assertThat(guarded.update("t1", row -> row.with(USES, 1L)).version()).isEqualTo(2);
    }

    @Test
    void whereCallersComputeUpdatesTheGuardIsCheckedInTheCommitAllTheSame() {
        Schema<String, Row> ranges = Schema.dynamic("ranges", ID, LOW, HIGH)
                .check("ordered", row -> row.require(LOW) <= row.require(HIGH), "Lower low, or raise high.");
        RecordStore<String, Row> checked = keep.store(ranges);
        checked.as(keep.session(Author.user("ana")))
                .insert(Row.of(ranges, "r").with(LOW, 1L).with(HIGH, 9L));
        Edit<String, Row> edit = Edit.update(ranges, "r").add(LOW, 1L).unlessTouchedWithin(GUARD);
        assertThat(checked.as(job()).apply(edit)).isInstanceOf(WriteResult.Deferred.class);
        clock.move(GUARD);
        assertThat(checked.as(job()).apply(edit)).isInstanceOf(WriteResult.Applied.class);
    }

    @Test
    void aTouchInTheFutureDefersNoLongerThanTheGuard() {
        clock.move(Duration.ofDays(1));
        as("ana").insert(template("t1"));
        Instant touched = clock.instant();
        clock.move(Duration.ofDays(-1));
        Deferral deferral = ((WriteResult.Deferred<String, Row>) asJob().apply(guarded("t1"))).deferral();
        assertThat(deferral.until()).isEqualTo(touched.plus(GUARD));
        clock.move(Duration.ofDays(1).plus(GUARD));
        assertThat(asJob().apply(guarded("t1"))).isInstanceOf(WriteResult.Applied.class);
    }

    @Test
    void aTouchInTheSameBatchCounts() throws Exception {
        asJob().insert(template("t1"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        Future<?> before = store.applyAsync(Edit.update(templates, "t1").add(STOCK, 1L));
        hold.awaitReached();
        Future<?> person = as("ana").applyAsync(Edit.update(templates, "t1").add(STOCK, 1L));
        Future<WriteResult<String, Row>> job = asJob().applyAsync(guarded("t1"));
        hold.release();
        before.get(30, TimeUnit.SECONDS);
        person.get(30, TimeUnit.SECONDS);
        assertThat(job.get(30, TimeUnit.SECONDS)).isInstanceOf(WriteResult.Deferred.class);
    }

    @Test
    void whatWasPutOffLeavesARequestsIdFree() {
        as("ana").insert(template("t1"));
        RecordStore<String, Row> once = store.as(job().forRequest("r1"));
        assertThat(once.apply(guarded("t1"))).isInstanceOf(WriteResult.Deferred.class);
        clock.move(GUARD);
        assertThat(once.apply(guarded("t1"))).isInstanceOf(WriteResult.Applied.class);
        assertThat(once.apply(guarded("t1"))).isInstanceOf(WriteResult.Duplicate.class);
    }

    @Test
    void aJobsQueryLeavesOutWhatAPersonHasJustTouched() {
        as("ana").insert(template("old"));
        asJob().insert(template("never"));
        clock.move(GUARD);
        as("ana").insert(template("touched"));
        as("ben").insert(template("overwritten"));
        clock.move(Duration.ofSeconds(1));
        asJob().update("overwritten", row -> row.with(USES, 1L));
        asJob().update("old", row -> row.with(USES, 1L));
        Condition touched =
                Condition.touchedByUserSince(clock.instant().minus(GUARD).plusNanos(1));
        assertThat(store.where(touched.not()).list())
                .extracting(VersionedRecord::key)
                .containsExactly("never", "old");
        assertThat(store.where(touched).list())
                .extracting(VersionedRecord::key)
                .containsExactly("overwritten", "touched");
        assertThat(store.where(touched).count()).isEqualTo(2);
    }

    @Test
    void guardsOutOfBoundsAreRefused() {
        for (Duration bad :
                List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(999), Duration.ofDays(366))) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> guarded("t1").unlessTouchedWithin(bad));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> job().unlessTouchedWithin(bad));
        }
    }

    @Test
    void aJobAtFullRateNeverOverwritesAFreshTouchAndGetsToEveryRecord() throws Exception {
        int records = 30;
        long seed = Long.getLong("rowkeep.seed", System.nanoTime());
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            keys.add("t" + i);
            as("ana").insert(template("t" + i));
        }
        AtomicInteger left = new AtomicInteger(isLong() ? 20_000 : 1_500);
        List<Future<?>> people = new ArrayList<>();
        for (String person : List.of("ana", "ben", "cho")) {
            Random random = new Random(seed + person.hashCode());
            people.add(threads.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    as(person)
                            .update(keys.get(random.nextInt(records)), row -> row.with(STOCK, row.require(STOCK) + 1));
                    clock.move(Duration.ofMillis(random.nextInt(300)));
                }
            }));
        }
        Deque<String> todo = new ArrayDeque<>(keys);
        int deferred = 0;
        int done = 0;
        while (!todo.isEmpty()) {
            boolean isOver = people.stream().allMatch(Future::isDone);
            if (isOver) {
                clock.move(Duration.ofSeconds(1));
            }
            String key = todo.poll();
            if (asJob().apply(guarded(key)) instanceof WriteResult.Deferred) {
                deferred++;
                todo.add(key);
            } else {
                done++;
                if (!isOver) {
                    todo.add(key);
                }
            }
        }
        for (Future<?> person : people) {
            person.get(1, TimeUnit.MINUTES);
        }
        System.out.println("Guard: " + done + " writes of the job, " + deferred + " put off, seed " + seed);
        assertThat(deferred).isPositive();
        for (String key : keys) {
            requireNoFreshTouchOverwritten(key);
        }
    }

    /** In real time, which no clock can be injected into: people edit for four guards' time, then the job gets to every record. */
    @Test
    @EnabledIfSystemProperty(named = "rowkeep.evidence", matches = "long")
    void aJobInRealTimeNeverOverwritesAFreshTouchAndGetsToEveryRecord() throws Exception {
        keep.close();
        keep = RowKeep.open(storage, KeepOptions.defaults());
        store = keep.store(templates);
        List<String> keys = List.of("t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7");
        keys.forEach(key -> as("ana").insert(template(key)));
        long end = System.nanoTime() + GUARD.multipliedBy(4).toNanos();
        Future<?> person = threads.submit(() -> {
            Random random = new Random(1);
            while (System.nanoTime() < end) {
                as("ana").update(keys.get(random.nextInt(keys.size())), row -> row.with(STOCK, row.require(STOCK) + 1));
                Thread.sleep(random.nextInt(1_000));
            }
            return null;
        });
        Deque<String> todo = new ArrayDeque<>(keys);
        int deferred = 0;
        while (!todo.isEmpty()) {
            String key = todo.poll();
            boolean isDeferred = asJob().apply(guarded(key)) instanceof WriteResult.Deferred;
            deferred += isDeferred ? 1 : 0;
            if (isDeferred || !person.isDone()) {
                todo.add(key);
            }
        }
        person.get(1, TimeUnit.MINUTES);
        assertThat(deferred).isPositive();
        keys.forEach(this::requireNoFreshTouchOverwritten);
    }

    private void requireNoFreshTouchOverwritten(String key) {
        List<RecordVersion> versions = new ArrayList<>(store.history(key));
        Collections.reverse(versions);
        Instant touched = Instant.MIN;
        long byJob = 0;
        for (RecordVersion version : versions) {
            Instant time = version.commit().time();
            if (version.commit().author().origin() == Origin.USER) {
                touched = time;
            } else {
                byJob++;
                assertThat(Duration.between(touched, time))
                        .as("%s version %d", key, version.version())
                        .isGreaterThanOrEqualTo(GUARD);
            }
        }
        assertThat(byJob).as("writes of the job to %s", key).isPositive();
    }
}
