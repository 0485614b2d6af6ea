package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.RecordNotFoundException;
import dev.rowkeep.edit.RejectedException;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RequestReusedException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What callers see who send one write several times under one id. */
public abstract class RequestScenarios extends RequestBench {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Schema<String, Row> ranges = Schema.dynamic("ranges", ID, LOW, HIGH, USES)
            .check("ordered", row -> row.require(LOW) <= row.require(HIGH), "Lower low, or raise high.");

    private final SteeredClock clock = new SteeredClock();

    /** For the fixture's author. */
    protected RequestScenarios() {}

    @Override
    protected KeepOptions options() {
        return KeepOptions.defaults().requestsKept(KEPT).clock(clock);
    }

    @Test
    void aRequestThatComesAgainIsAnsweredAndNotDoneAgain() throws Exception {
        store.insert(template("t1"));
        Edit<String, Row> edit = Edit.update(templates, "t1").add(USES, 1L);
        WriteResult<String, Row> first = storeFor("r1").apply(edit);
        store.apply(Edit.update(templates, "t1").add(USES, 10L)).orThrow();

        WriteResult<String, Row> again = storeFor("r1").apply(edit);
        WriteResult<String, Row> later = storeFor("r1").applyAsync(edit).get(30, TimeUnit.SECONDS);

        assertThat(first).isInstanceOf(WriteResult.Applied.class);
        assertThat(again)
                .isEqualTo(new WriteResult.Duplicate<>(first, first.orThrow().position()))
                .isEqualTo(later);
        assertThat(again.orThrow().version()).isEqualTo(2);
        assertThat(row("t1").get(USES)).isEqualTo(11);
        assertThat(store.history("t1")).hasSize(3);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void whatWroteNothingIsAnsweredAsTheFirstTimeThoughItWouldLandNow() {
        VersionedRecord<String, Row> read = store.insert(template("t1"));
        store.insert(template("t2"));
        store.update("t1", row -> row.with(USES, 5L));
        Edit<String, Row> conflicting =
                Edit.update(templates, "t1").set(USES, 7L).basedOn(read);
        Edit<String, Row> taken = Edit.insert(templates, template("t3").with(NAME, "name of t2"));
        Edit<String, Row> same = Edit.update(templates, "t1").set(USES, 5L).expecting(2);
        WriteResult<String, Row> conflict = storeFor("conflict").apply(conflicting);
        WriteResult<String, Row> rejection = storeFor("taken").apply(taken);
        WriteResult<String, Row> unchanged = storeFor("same").apply(same);
        assertThat(conflict).isInstanceOf(WriteResult.Conflicted.class);
        assertThat(rejection).isInstanceOf(WriteResult.Rejected.class);
        assertThat(unchanged).isInstanceOf(WriteResult.Unchanged.class);
        var position = keep.log().head();
        store.update("t1", row -> row.with(USES, 0L));
        store.delete("t2");
        long head = keep.log().head().sequence();

        reopen();

        assertThat(storeFor("conflict").apply(conflicting)).isEqualTo(new WriteResult.Duplicate<>(conflict, position));
        assertThat(storeFor("taken").apply(taken)).isEqualTo(new WriteResult.Duplicate<>(rejection, position));
        assertThat(storeFor("same").apply(same)).isEqualTo(new WriteResult.Duplicate<>(unchanged, position));
        assertThat(keep.log().head().sequence()).isEqualTo(head);
        assertThat(row("t1").get(USES)).isZero();
        assertThat(store.exists("t3")).isFalse();
    }

    @Test
    void anIdOfAnotherRequestIsRefusedAndNothingIsWritten() {
        store.insert(template("t1"));
        store.insert(template("t2"));
        storeFor("r1").apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
        long head = keep.log().head().sequence();
        RecordStore<String, Row> byBen =
                store.as(keep.session(Author.user("ben")).forRequest("r1"));
        List<Runnable> others = List.of(
                () -> storeFor("r1").apply(Edit.update(templates, "t1").add(USES, 2L)),
                () -> storeFor("r1").apply(Edit.update(templates, "t1").add(STOCK, 1L)),
                () -> storeFor("r1").apply(Edit.update(templates, "t2").add(USES, 1L)),
                () -> storeFor("r1").apply(Edit.update(templates, "t1").append(SECTIONS, "1")),
                () -> storeFor("r1").update("t1", row -> row.with(USES, 1L)),
                () -> storeFor("r1").delete("t1"),
                () -> storeFor("r1").insert(template("t3")),
                () -> storeFor("r1").insert(template("t3").with(LOW, -1L)),
                () -> storeFor("r1").revert("t1", 1),
                () -> byBen.apply(Edit.update(templates, "t1").add(USES, 1L)),
                () -> request("r1").commit(List.of(Edit.update(templates, "t1").add(USES, 1L))),
                () -> request("r1")
                        .commit(List.of(Edit.insert(templates, template("t3").with(LOW, -1L)))));
        for (Runnable other : others) {
            assertThatExceptionOfType(RequestReusedException.class)
                    .isThrownBy(other::run)
                    .satisfies(e -> assertThat(e.requestId()).isEqualTo("r1"))
                    .satisfies(e -> assertThat(e.firstTime()).isEqualTo(clock.instant()));
        }
        assertThat(storeFor("r1").applyAsync(Edit.update(templates, "t1").add(USES, 2L)))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(RequestReusedException.class);
        assertThat(keep.log().head().sequence()).isEqualTo(head);
        assertThat(row("t1").get(USES)).isOne();
    }

    @Test
    void whatIsTheSameInCanonicalFormIsTheSameRequest() {
        VersionedRecord<String, Row> read = store.insert(template("t1"));
        RecordStore<String, Row> raw =
                store.as(keep.session(Author.user("ana")).because("again").forRequest("r1"));
        storeFor("r1")
                .apply(Edit.update(templates, "t1").set(LOW, 3L).set(HIGH, 9L).basedOn(read))
                .orThrow();

        WriteResult<String, Row> again = raw.apply(Edit.update(templates, "t1")
                .setRaw("high", "9")
                .setRaw("low", "3")
                .basedOn(read));

        assertThat(again).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(store.history("t1")).hasSize(2);
    }

    @Test
    void theVerbsThatThrowGiveTheFirstRecordOrExceptionAgain() {
        VersionedRecord<String, Row> inserted = storeFor("insert").insert(template("t1"));
        AtomicInteger uses = new AtomicInteger();
        VersionedRecord<String, Row> updated =
                storeFor("update").update("t1", row -> row.with(USES, (long) uses.incrementAndGet()));
        VersionedRecord<String, Row> same = storeFor("same").update("t1", row -> row);
        VersionedRecord<String, Row> reverted =
                storeFor("revert").revert("t1", 1).orThrow();
        VersionedRecord<String, Row> deleted = storeFor("delete").delete("t1");
        assertThatExceptionOfType(RecordNotFoundException.class)
                .isThrownBy(() -> storeFor("missing").update("t1", row -> row));
        assertThatExceptionOfType(RecordNotFoundException.class)
                .isThrownBy(() -> storeFor("gone").delete("t1"));
        store.insert(template("t1"));
        store.insert(template("t2"));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> storeFor("taken").update("t1", row -> row.with(NAME, "name of t2")));
        store.delete("t2");
        long head = keep.log().head().sequence();

        reopen();

        assertThat(storeFor("insert").insert(template("t1"))).isEqualTo(inserted);
        assertThat(storeFor("update").update("t1", row -> {
                    throw new IllegalStateException("the closure must not matter any more");
                }))
                .isEqualTo(updated);
        assertThat(storeFor("same").update("t1", row -> row.with(USES, 9L))).isEqualTo(same);
        assertThat(storeFor("revert").revert("t1", 1).orThrow()).isEqualTo(reverted);
        assertThat(storeFor("delete").delete("t1")).isEqualTo(deleted);
        assertThatExceptionOfType(RecordNotFoundException.class)
                .isThrownBy(() -> storeFor("missing").update("t1", row -> row.with(USES, 9L)));
        assertThatExceptionOfType(RecordNotFoundException.class)
                .isThrownBy(() -> storeFor("gone").delete("t1"));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> storeFor("taken").update("t1", row -> row.with(NAME, "name of t2")))
                .withMessageContaining("unique");
        assertThat(keep.log().head().sequence()).isEqualTo(head);
    }

    @Test
    void aCommitOfSeveralEditsIsDoneOnceWhole() {
        List<Edit<String, Row>> good =
                List.of(Edit.insert(templates, template("a")), Edit.insert(templates, template("b")));
        List<Edit<String, Row>> bad = List.of(
                Edit.insert(templates, template("c")),
                Edit.insert(templates, template("a")),
                Edit.insert(templates, template("d").with(NAME, "name of b")));
        CommitResult committed = request("good").commit(good);
        CommitResult refused = request("bad").commit(bad);
        var position = ((CommitResult.Committed) committed).position();
        assertThat(((CommitResult.Refused) refused).problems()).hasSize(2);
        store.delete("a");
        store.delete("b");

        reopen();

        assertThat(request("good").commit(good)).isEqualTo(new CommitResult.Duplicate(committed, position));
        assertThat(request("bad").commit(bad)).isEqualTo(new CommitResult.Duplicate(refused, position));
        assertThat(request("good").commit(good).orThrow()).hasSize(2);
        assertThat(store.query().count()).isZero();
    }

    @Test
    void aMergeIsToldAgainWithEveryCellThatARuleDecided() {
        VersionedRecord<String, Row> read =
                store.insert(template("t1").with(FIELDS, new java.util.TreeSet<>(Set.of("a"))));
        store.apply(Edit.update(templates, "t1")
                        .union(FIELDS, Set.of("b"))
                        .set(STOCK, 4L)
                        .basedOn(read))
                .orThrow();
        Edit<String, Row> edit = Edit.update(templates, "t1")
                .set(FIELDS, new java.util.TreeSet<>(Set.of("a", "c")))
                .set(STOCK, 3L)
                .set(USES, 1L)
                .basedOn(read);
        WriteResult<String, Row> merged = storeFor("r1").apply(edit);
        assertThat(((WriteResult.Merged<String, Row>) merged).cells()).hasSize(2);
        store.update("t1", row -> row.with(STOCK, 100L));

        WriteResult<String, Row> again = storeFor("r1").apply(edit);

        assertThat(((WriteResult.Duplicate<String, Row>) again).first()).isEqualTo(merged);
        assertThat(row("t1").get(STOCK)).isEqualTo(100);
    }

    @Test
    void whatCallersComputeIsKeptToo() throws Exception {
        RecordStore<String, Row> checked = keep.store(ranges);
        VersionedRecord<String, Row> read =
                checked.insert(Row.of(ranges, "r").with(LOW, 1L).with(HIGH, 9L).with(USES, 0L));
        checked.update("r", row -> row.with(LOW, 6L));
        Map<String, Edit<String, Row>> edits = Map.of(
                "applied", Edit.update(ranges, "r").add(USES, 1L),
                "broken", Edit.update(ranges, "r").set(HIGH, 4L).basedOn(read),
                "clash", Edit.update(ranges, "r").set(LOW, 2L).basedOn(read),
                "strict", Edit.update(ranges, "r").set(LOW, 2L).expecting(1),
                "same", Edit.update(ranges, "r").set(LOW, 6L).basedOn(read));
        for (Map.Entry<String, Edit<String, Row>> each : edits.entrySet()) {
            RecordStore<String, Row> one = checked.as(request(each.getKey()));
            WriteResult<String, Row> first = one.apply(each.getValue());
            assertThat(first.getClass())
                    .as(each.getKey())
                    .isEqualTo(
                            switch (each.getKey()) {
                                case "applied" -> WriteResult.Applied.class;
                                case "broken" -> WriteResult.Rejected.class;
                                case "same" -> WriteResult.Unchanged.class;
                                default -> WriteResult.Conflicted.class;
                            });
            checked.update("r", row -> row.with(LOW, 1L));
            assertThat(((WriteResult.Duplicate<String, Row>) one.apply(each.getValue())).first())
                    .as(each.getKey())
                    .isEqualTo(first);
            assertThat(((WriteResult.Duplicate<String, Row>)
                                    one.applyAsync(each.getValue()).get(30, TimeUnit.SECONDS))
                            .first())
                    .isEqualTo(first);
            CommitResult whole = request("of " + each.getKey()).commit(List.of(each.getValue()));
            checked.update("r", row -> row.with(LOW, 6L).with(HIGH, 9L));
            assertThat(((CommitResult.Duplicate) request("of " + each.getKey()).commit(List.of(each.getValue())))
                            .first())
                    .isEqualTo(whole);
        }
        assertThat(checked.get("r").orElseThrow().value().get(USES)).isEqualTo(2);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void whatNeverCameToADecisionLeavesTheIdFree() {
        store.insert(template("t1"));
        Edit<String, Row> bad = Edit.update(templates, "t1").set(LOW, -1L).expecting(1);
        assertThat(storeFor("r1").apply(bad)).isInstanceOf(WriteResult.Rejected.class);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> storeFor("r1").update("t1", row -> {
                    throw new ArithmeticException("of the application's");
                }));
        assertThat(storeFor("r1")
                        .apply(Edit.update(templates, "t1").set(LOW, 1L).expecting(1)))
                .isInstanceOf(WriteResult.Applied.class);
    }

    @Test
    void requestsAreForgottenAfterTheirTimeAndNotBefore() {
        store.insert(template("t1"));
        Edit<String, Row> add = Edit.update(templates, "t1").add(USES, 1L);
        IntStream.range(0, 10).forEach(i -> storeFor("old" + i).apply(add).orThrow());
        clock.move(KEPT);
        storeFor("new0").apply(add).orThrow();
        assertThat(storeFor("old9").apply(add)).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(storeFor("old0").apply(add)).isInstanceOf(WriteResult.Duplicate.class);
        clock.move(Duration.ofMillis(1));
        IntStream.range(1, 6).forEach(i -> storeFor("new" + i).apply(add).orThrow());
        assertThat(storeFor("old9").apply(add)).isInstanceOf(WriteResult.Applied.class);
        assertThat(storeFor("old0").apply(add)).isInstanceOf(WriteResult.Applied.class);
        assertThat(storeFor("new0").apply(add)).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(row("t1").get(USES)).isEqualTo(18);
    }

    @Test
    void idsThatCannotBeAreRefused() {
        for (String id : List.of("", " ", "a\u0000", "a\n", "\ud800", "x".repeat(201))) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> request(id));
        }
        assertThat(request("x".repeat(200)).requestId()).contains("x".repeat(200));
        assertThat(keep.session(Author.user("ana")).requestId()).isEmpty();
    }

    /** Closes the handle and opens another on the same storage. */
    private void reopen() {
        keep.close();
        keep = RowKeep.open(storage, options());
        store = keep.store(templates);
    }
}
