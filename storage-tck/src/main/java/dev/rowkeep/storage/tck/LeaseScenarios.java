package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.LeaseLostException;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.lease.Leases;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.Draft;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases: one holder at a time, and no write by one who has been overtaken. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class LeaseScenarios extends EngineScenarios {
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofNanos(1_000);

    /** A store whose updates callers compute. */
    private static final Schema<String, Row> RANGES = Schema.dynamic("ranges", ID, LOW, HIGH)
            .check("ordered", row -> row.require(LOW) <= row.require(HIGH), "Lower low, or raise high.");

    private final SteeredClock clock = new SteeredClock();

    /** For the fixture's author. */
    protected LeaseScenarios() {}

    @Override
    protected KeepOptions options() {
        return KeepOptions.defaults().clock(clock);
    }

    private Session job(String name) {
        return keep.session(Author.job(name));
    }

    private Leases leases(String name) {
        return job(name).leases();
    }

    private Lease acquired(String holder) {
        return ((LeaseResult.Acquired) leases(holder).acquire("import", TIME)).lease();
    }

    @Test
    void oneHasItUntilItExpiresAndTokensRise() {
        Instant now = clock.instant();
        Lease first = acquired("a");
        assertThat(first).isEqualTo(new Lease("import", 1, "a", now.plus(TIME)));
        assertThat(leases("b").acquire("import", TIME)).isEqualTo(new LeaseResult.Held(first));
        assertThat(leases("a").acquire("import", TIME))
                .as("another process may have the same author")
                .isEqualTo(new LeaseResult.Held(first));
        assertThat(leases("b").acquire("export", TIME)).isInstanceOf(LeaseResult.Acquired.class);
        assertThat(leases("b").held("import")).contains(first);

        clock.move(TIME.minus(TICK));
        assertThat(leases("b").acquire("import", TIME)).isEqualTo(new LeaseResult.Held(first));
        clock.move(TICK);
        assertThat(leases("b").held("import")).isEmpty();
        assertThat(acquired("b"))
                .isEqualTo(new Lease("import", 2, "b", now.plus(TIME).plus(TIME)));
    }

    @Test
    void tokensRiseAcrossReopening() {
        Lease lease = acquired("a");
        leases("a").release(lease);
        keep.close();
        keep = RowKeep.open(storage, options());
        store = keep.store(templates);
        assertThat(acquired("b").token()).isEqualTo(2);
    }

    @Test
    void releasedLeaseIsFreeAtOnceAndOnlyItsHolderCanReleaseIt() {
        Lease first = acquired("a");
        assertThat(leases("a").release(first)).isTrue();
        assertThat(leases("a").release(first)).isFalse();
        Lease second = acquired("b");
        long head = keep.log().head().sequence();
        assertThat(leases("a").release(first)).isFalse();
        assertThat(leases("a").release(new Lease("never", 1, "a", clock.instant())))
                .isFalse();
        assertThat(keep.log().head().sequence()).isEqualTo(head);
        assertThat(leases("a").held("import")).contains(second);
    }

    @Test
    void renewedLeaseGoesOnUnderItsToken() {
        Lease lease = acquired("a");
        clock.move(TIME.minus(TICK));
        Lease renewed = leases("a").renew(lease, TIME);
        assertThat(renewed)
                .isEqualTo(new Lease("import", 1, "a", clock.instant().plus(TIME)));
        clock.move(TIME.minus(TICK));
        as("x", lease).insert(template("t1"));
        clock.move(TICK);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> leases("a").renew(renewed, TIME))
                .withMessageContaining("ended at")
                .satisfies(e -> assertThat(e.newest()).contains(renewed));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> leases("a").renew(new Lease("never", 1, "a", clock.instant()), TIME))
                .withMessageContaining("never gave it")
                .satisfies(e -> assertThat(e.newest()).isEmpty());
    }

    @Test
    void whereTheClockWasSetBackALeaseLastsFromTheTimeOfTheNewestCommit() {
        store.insert(template("t1"));
        Instant newest = clock.instant();
        clock.move(Duration.ofHours(-1));
        Lease lease = acquired("a");
        assertThat(lease.expiresAt()).isEqualTo(newest.plus(TIME));
        as("a", lease).insert(template("t2"));
        assertThat(leases("b").held("import")).contains(lease);
        clock.move(Duration.ofHours(1).plus(TIME));
        assertThat(leases("b").held("import")).isEmpty();
    }

    private RecordStore<String, Row> as(String author, Lease lease) {
        return store.as(job(author).fencedBy(lease));
    }

    @Test
    void whoHoldsTheLeaseWritesInEveryWay() throws Exception {
        Lease lease = acquired("a");
        int done = 0;
        for (ThrowingCallable verb : verbs(job("a").fencedBy(lease))) {
            clock.move(TICK);
            long head = keep.log().head().sequence();
            prepare();
            long prepared = keep.log().head().sequence();
            try {
                verb.call();
            } catch (Throwable e) {
                throw new AssertionError("verb " + done, e);
            }
            assertThat(keep.log().head().sequence())
                    .as("verb %d after %d", done, head)
                    .isEqualTo(prepared + 1);
            done++;
        }
    }

    @Test
    void whoHasBeenOvertakenWritesInNoWay() {
        prepare();
        Lease expired = acquired("a");
        clock.move(TIME);
        refused(expired, "ended at");
        Lease overtaken = expired;
        Lease released = acquired("b");
        refused(overtaken, "was given to b");
        leases("b").release(released);
        refused(released, "ended at");
        refused(new Lease("other", 7, "a", clock.instant().plus(TIME)), "never gave it");
        Lease held = acquired("c");
        refused(new Lease("import", held.token() + 1, "a", held.expiresAt()), "was given to c");
    }

    private void refused(Lease lease, String why) {
        long head = keep.log().head().sequence();
        for (ThrowingCallable verb : verbs(job("a").fencedBy(lease))) {
            assertThatThrownBy(verb)
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining("The lease " + lease.name() + " with token " + lease.token())
                    .hasMessageContaining(why)
                    .satisfies(e -> assertThat(((LeaseLostException) e).lease()).isEqualTo(lease));
        }
        assertThat(keep.log().head().sequence()).isEqualTo(head);
    }

    /** The record {@code t1} with some uses, and no record {@code new}. */
    private void prepare() {
        if (!store.exists("t1")) {
            store.insert(template("t1"));
        }
        if (store.exists("new")) {
            store.delete("new");
        }
        store.update("t1", row -> row.with(USES, row.require(USES) + 7).with(LOW, 0L));
        RecordStore<String, Row> ranges = keep.store(RANGES);
        if (!ranges.exists("r")) {
            ranges.insert(Row.of(RANGES, "r").with(LOW, 0L).with(HIGH, 9_999L));
        }
    }

    private List<ThrowingCallable> verbs(Session session) {
        RecordStore<String, Row> fenced = store.as(session);
        Edit<String, Row> add = Edit.update(templates, "t1").add(USES, 1L);
        return List.of(
                () -> fenced.insert(template("new").with(NAME, "new")),
                () -> fenced.update("t1", row -> row.with(USES, row.require(USES) + 1)),
                () -> fenced.delete("t1"),
                () -> fenced.apply(add).orThrow(),
                () -> asyncResult(fenced, add),
                () -> fenced.revert("t1", 1).orThrow(),
                () -> keep.store(RANGES)
                        .as(session)
                        .apply(Edit.update(RANGES, "r").add(LOW, 1L))
                        .orThrow(),
                () -> session.commit(List.of(add, Edit.update(RANGES, "r").add(LOW, 1L)))
                        .orThrow(),
                () -> session.inTransaction(transaction ->
                        transaction.on(store).update("t1", row -> row.with(USES, row.require(USES) + 1))),
                () -> {
                    Draft draft = session.draft();
                    draft.stage(add);
                    draft.save().orThrow();
                });
    }

    private static void asyncResult(RecordStore<String, Row> fenced, Edit<String, Row> edit) throws Throwable {
        try {
            fenced.applyAsync(edit).get(30, TimeUnit.SECONDS).orThrow();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void whatWritesNothingNeedsNoLease() {
        store.insert(template("t1"));
        Lease lease = acquired("a");
        leases("a").release(lease);
        assertThat(as("a", lease).get("t1")).isPresent();
        assertThat(job("a").fencedBy(lease)
                        .inTransaction(transaction ->
                                transaction.on(store).get("t1").orElseThrow().version())
                        .value())
                .isEqualTo(1);
    }

    @Test
    void requestIsAnsweredAfterItsLeaseIsLostAndAFencedOneLeavesItsIdFree() {
        store.insert(template("t1"));
        Lease lease = acquired("a");
        Edit<String, Row> edit = Edit.update(templates, "t1").add(USES, 1L);
        Session session = job("a").fencedBy(lease);
        WriteResult<String, Row> first = store.as(session.forRequest("r1")).apply(edit);
        leases("a").release(lease);
        WriteResult<String, Row> again = store.as(session.forRequest("r1")).apply(edit);
        assertThat(((WriteResult.Duplicate<String, Row>) again).first()).isEqualTo(first);

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> store.as(session.forRequest("r2")).apply(edit));
        Session next = job("a").fencedBy(acquired("a")).forRequest("r2");
        assertThat(store.as(next).apply(edit)).isInstanceOf(WriteResult.Applied.class);
    }

    @Test
    void sessionsRequestGuardAndFenceAreNotThoseOfItsLeases() {
        Lease lost = acquired("a");
        leases("a").release(lost);
        Leases leases = keep.session(Author.user("ana"))
                .forRequest("r1")
                .unlessTouchedWithin(TIME)
                .fencedBy(lost)
                .because("by hand")
                .leases();
        for (int i = 0; i < 2; i++) {
            LeaseResult result = leases.acquire("import", TIME);
            assertThat(leases.release(((LeaseResult.Acquired) result).lease())).isTrue();
        }
        assertThat(keep.log().read(keep.log().start(), 100).stream()
                        .filter(commit -> commit.header().reason().equals(Optional.of("by hand"))))
                .hasSize(4);
    }

    @Test
    void namesTimesAndTokensOutOfBoundsAreRefused() {
        Leases leases = leases("a");
        long head = keep.log().head().sequence();
        for (Duration bad :
                List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(999_999), Duration.ofDays(366))) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> leases.acquire("import", bad));
        }
        for (String bad : List.of("", " ", "a\nb", "x".repeat(Leases.MAX_NAME_LENGTH + 1), "\uD800")) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> leases.acquire(bad, TIME));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> leases.held(bad));
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Lease("import", 0, "a", clock.instant()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> keep.store(Schema.of(String.class, Lease.class)))
                .withMessageContaining("session.leases()");
        assertThat(keep.log().head().sequence()).isEqualTo(head);
    }
}
