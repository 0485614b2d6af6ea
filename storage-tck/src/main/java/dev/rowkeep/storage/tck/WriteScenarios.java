package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.edit.RecordNotFoundException;
import dev.rowkeep.edit.RejectedException;
import dev.rowkeep.edit.VersionConflictException;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.ReentrantCallException;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What one writer after another sees. */
public abstract class WriteScenarios extends EngineScenarios {
    /** For the fixture's author. */
    protected WriteScenarios() {}

    @Test
    void threeUsersChangeDifferentCellsOfOneTemplateAndAllSurvive() {
        VersionedRecord<String, Row> read = store.insert(template("t1"));

        as("ana")
                .apply(Edit.update(templates, "t1").set(NAME, "renamed").basedOn(read))
                .orThrow();
        WriteResult<String, Row> second = as("ben")
                .apply(Edit.update(templates, "t1")
                        .set(FIELDS, new TreeSet<>(Set.of("a", "b")))
                        .basedOn(read));
        WriteResult<String, Row> third = as("cho")
                .apply(Edit.update(templates, "t1").set(SECTIONS, "all new").basedOn(read));

        assertThat(second).isInstanceOf(WriteResult.Merged.class);
        assertThat(third).isInstanceOf(WriteResult.Merged.class);
        assertThat(row("t1").get(NAME)).isEqualTo("renamed");
        assertThat(row("t1").get(FIELDS)).containsExactly("a", "b");
        assertThat(row("t1").get(SECTIONS)).isEqualTo("all new");
        assertThat(store.history("t1")).extracting(RecordVersion::version).containsExactly(4L, 3L, 2L, 1L);
        assertThat(store.history("t1").get(1).commit().author()).isEqualTo(Author.user("ben"));
    }

    @Test
    void staleExpectationThrowsNamingBothVersions() {
        store.insert(template("t1"));
        store.update("t1", row -> row.with(USES, 1L));

        WriteResult<String, Row> result =
                store.apply(Edit.update(templates, "t1").set(USES, 9L).expecting(1));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(result::orThrow)
                .withMessageContaining("you changed version 1, the store has version 2")
                .satisfies(e -> assertThat(e.expectedVersion()).isEqualTo(1))
                .satisfies(e -> assertThat(e.actualVersion()).isEqualTo(2));
        assertThat(store.apply(Edit.delete(templates, "t1").expecting(1))).isInstanceOf(WriteResult.Conflicted.class);
        assertThat(row("t1").get(USES)).isEqualTo(1);
        assertThat(store.history("t1")).hasSize(2);
    }

    @Test
    void conflictIsAnsweredCellByCellAndTheAnswerIsACompareAndSet() {
        VersionedRecord<String, Row> read = store.insert(template("t1"));
        store.update("t1", row -> row.with(USES, 5L).with(LOW, 1L));
        Edit<String, Row> mine =
                Edit.update(templates, "t1").set(USES, 7L).set(HIGH, 20L).basedOn(read);

        Conflict<String, Row> conflict = ((WriteResult.Conflicted<String, Row>) store.apply(mine)).conflict();

        assertThat(conflict.reason()).isEqualTo(Conflict.Reason.CELLS);
        assertThat(conflict.cells()).singleElement().satisfies(cell -> {
            assertThat(cell.column()).isEqualTo("uses");
            assertThat(List.of(cell.base(), cell.mine(), cell.theirs())).containsExactly(0L, 7L, 5L);
        });
        Edit<String, Row> answer = conflict.resolve().keepMine(USES).toEdit();
        store.update("t1", row -> row.with(LOW, 2L));
        assertThat(store.apply(answer)).isInstanceOf(WriteResult.Conflicted.class);
        assertThat(row("t1").get(USES)).isEqualTo(5);
        assertThat(row("t1").get(HIGH)).isEqualTo(10);
    }

    @Test
    void equalAddsBothCountAndEqualSetsOfASumBothCount() {
        VersionedRecord<String, Row> read = store.insert(template("t1"));

        store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
        store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
        store.apply(Edit.update(templates, "t1").set(STOCK, 3L).basedOn(read)).orThrow();
        store.apply(Edit.update(templates, "t1").set(STOCK, 3L).basedOn(read)).orThrow();

        assertThat(row("t1").get(USES)).isEqualTo(2);
        assertThat(row("t1").get(STOCK)).isEqualTo(6);
    }

    @Test
    void staleExpectationIsAConflictAtOnceWhereCallersComputeUpdates() {
        Schema<String, Row> ranges = Schema.dynamic("ranges", ID, LOW, HIGH)
                .check("ordered", row -> row.require(LOW) <= row.require(HIGH), "Lower low, or raise high.");
        RecordStore<String, Row> store = keep.store(ranges);
        store.insert(Row.of(ranges, "r").with(LOW, 1L).with(HIGH, 9L));
        store.update("r", row -> row.with(LOW, 2L));

        WriteResult<String, Row> result =
                store.apply(Edit.update(ranges, "r").set(LOW, 3L).expecting(1));

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Conflicted.class,
                        conflicted ->
                                assertThat(conflicted.conflict().reason()).isEqualTo(Conflict.Reason.STALE_VERSION));
        assertThat(store.history("r")).hasSize(2);
    }

    @Test
    void mergedRecordIsJudgedAsAWhole() {
        Schema<String, Row> ranges = Schema.dynamic("ranges", ID, LOW, HIGH)
                .check("ordered", row -> row.require(LOW) <= row.require(HIGH), "Lower low, or raise high.");
        RecordStore<String, Row> store = keep.store(ranges);
        var read = store.insert(Row.of(ranges, "r").with(LOW, 1L).with(HIGH, 9L));
        store.apply(Edit.update(ranges, "r").set(LOW, 6L).basedOn(read)).orThrow();

        WriteResult<String, Row> result =
                store.apply(Edit.update(ranges, "r").set(HIGH, 4L).basedOn(read));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(result::orThrow)
                .satisfies(
                        e -> assertThat(e.verdict().violations().get(0).rule()).isEqualTo("ordered"));
        assertThat(store.history("r")).hasSize(2);
    }

    @Test
    void whatAnOperationMakesIsJudged() {
        VersionedRecord<String, Row> read =
                store.insert(template("t1").with(STOCK, 999_999L).with(HIGH, 0L));
        store.apply(Edit.update(templates, "t1").add(HIGH, 999_999L)).orThrow();

        WriteResult<String, Row> result =
                store.apply(Edit.update(templates, "t1").add(HIGH, 2L));

        assertThat(result).isInstanceOf(WriteResult.Rejected.class);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(result::orThrow)
                .satisfies(
                        e -> assertThat(e.verdict().violations().get(0).rule()).isEqualTo("max"));
        assertThat(row("t1").get(HIGH)).isEqualTo(999_999);
        assertThat(read.version()).isEqualTo(1);
    }

    @Test
    void deletedKeyIsInsertedAgainWithTheNextVersion() {
        store.insert(template("t1"));
        VersionedRecord<String, Row> deleted = store.delete("t1");

        assertThat(deleted.version()).isEqualTo(2);
        assertThat(store.get("t1")).isEmpty();
        assertThat(store.insert(template("t1")).version()).isEqualTo(3);
        assertThat(store.history("t1"))
                .extracting(version -> version.change().kind())
                .containsExactly(ChangeKind.INSERT, ChangeKind.DELETE, ChangeKind.INSERT);
        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> store.insert(template("t1")))
                .withMessageContaining("the store has version 3");
        assertThatExceptionOfType(RecordNotFoundException.class).isThrownBy(() -> store.delete("t2"));
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void uniqueValuesMoveWithinOneCommitButAreNeverShared() {
        VersionedRecord<String, Row> a = store.insert(template("a"));
        VersionedRecord<String, Row> b = store.insert(template("b"));

        CommitResult swapped = keep.session(Author.user("ana"))
                .commit(List.of(
                        Edit.update(templates, "a").set(NAME, "name of b").expecting(a.version()),
                        Edit.update(templates, "b").set(NAME, "name of a").expecting(b.version())));
        WriteResult<String, Row> shared =
                store.apply(Edit.update(templates, "a").set(NAME, "name of a").expecting(2));

        assertThat(swapped).isInstanceOf(CommitResult.Committed.class);
        assertThat(row("a").get(NAME)).isEqualTo("name of b");
        assertThat(shared)
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.verdict().toString()).contains("unique"));
        assertThat(row("a").get(NAME)).isEqualTo("name of b");
    }

    @Test
    void commitOfSeveralEditsLandsWholeOrNotAtAll() {
        store.insert(template("a"));
        CommitResult refused = keep.session(Author.job("import"))
                .because("test")
                .commit(List.of(
                        Edit.insert(templates, template("c")),
                        Edit.update(templates, "a").set(USES, 1L).expecting(7)));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        r -> assertThat(r.problems()).hasSize(1));
        assertThat(store.get("c")).isEmpty();
        assertThat(keep.log().head().sequence()).isEqualTo(1);

        keep.session(Author.job("import"))
                .because("why not")
                .correlatedBy("run-7")
                .commit(List.of(
                        Edit.insert(templates, template("c")),
                        Edit.update(templates, "a").set(USES, 1L).expecting(1)))
                .orThrow();
        var commit = keep.log().read(keep.log().start(), 10).get(1);
        assertThat(commit.changes()).hasSize(2);
        assertThat(commit.header().reason()).contains("why not");
        assertThat(commit.header().correlationId()).contains("run-7");
    }

    @Test
    void closureThatChangesNothingMakesNoVersion() {
        store.insert(template("t1"));
        assertThat(store.update("t1", row -> row).version()).isEqualTo(1);
        assertThat(keep.log().head().sequence()).isEqualTo(1);
    }

    @Test
    void callsFromInsideAClosureAreRefusedAndNothingIsWritten() {
        store.insert(template("t1"));
        assertThatExceptionOfType(ReentrantCallException.class)
                .isThrownBy(() -> store.update("t1", row -> {
                    store.insert(template("t2"));
                    return row.with(USES, 1L);
                }));
        assertThatExceptionOfType(ReentrantCallException.class)
                .isThrownBy(() -> store.update("t1", row -> {
                    keep.close();
                    return row;
                }));
        assertThat(store.get("t2")).isEmpty();
        assertThat(row("t1").get(USES)).isZero();
    }

    @Test
    void previewTellsVerdictDiffAndConflictAndWritesNothing() {
        VersionedRecord<String, Row> read = store.insert(template("t1"));
        store.insert(template("t2"));
        store.update("t1", row -> row.with(USES, 1L));

        Preview<String, Row> good =
                store.preview(Edit.update(templates, "t1").set(LOW, 5L).basedOn(read));
        Preview<String, Row> bad =
                store.preview(Edit.update(templates, "t1").setRaw("low", "-5").expecting(2));
        Preview<String, Row> clash =
                store.preview(Edit.update(templates, "t1").set(USES, 5L).basedOn(read));
        Preview<String, Row> taken = store.preview(
                Edit.update(templates, "t1").set(NAME, "name of t2").expecting(2));

        assertThat(good.diff())
                .singleElement()
                .satisfies(cell -> assertThat(cell.after()).isEqualTo(5L));
        assertThat(bad.verdict().violations()).extracting(v -> v.rule()).containsExactly("min");
        assertThat(clash.conflict()).isPresent();
        assertThat(taken.verdict().violations()).extracting(v -> v.rule()).containsExactly("unique");
        assertThat(keep.log().head().sequence()).isEqualTo(3);
    }

    @Test
    void everyPastVersionIsReadBackAndRevertMakesANewOne() {
        List<Row> model = new ArrayList<>();
        model.add(store.insert(template("t1")).value());
        for (int i = 1; i < 100; i++) {
            int n = i;
            if (i % 23 == 0) {
                store.delete("t1");
                model.add(null);
                model.add(store.insert(template("t1").with(USES, (long) n)).value());
            } else {
                model.add(store.update("t1", row -> row.with(USES, (long) n).with(LOW, (long) n / 2))
                        .value());
            }
        }
        for (int i = 0; i < model.size(); i++) {
            Optional<Row> past = store.asOf("t1", i + 1L).map(VersionedRecord::value);
            assertThat(past).isEqualTo(Optional.ofNullable(model.get(i)));
            var at = keep.log().read(keep.log().start(), 200).get(i).position();
            assertThat(store.asOf("t1", at).map(VersionedRecord::value)).isEqualTo(past);
        }
        assertThat(store.diff("t1", 1, 2)).extracting(cell -> cell.column()).containsExactly("uses");
        store.revert("t1", 5).orThrow();
        assertThat(row("t1")).isEqualTo(model.get(4));
        assertThat(store.history("t1", 1).get(0).commit().reason()).contains("revert to version 5");
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void pagesVisitEveryRecordOnceAndConditionsArePushedDown() {
        for (int i = 0; i < 25; i++) {
            store.insert(template("t" + i).with(USES, (long) i % 4));
        }
        var query = store.where(Condition.atLeast(USES, 1L)).orderBy(Order.descending(USES));
        List<String> seen = new ArrayList<>();
        Page<VersionedRecord<String, Row>> page = query.page(4);
        while (true) {
            page.items().forEach(record -> seen.add(record.key()));
            if (page.next().isEmpty()) {
                break;
            }
            page = query.page(4, page.next().get());
        }
        assertThat(seen).hasSize(18).doesNotHaveDuplicates();
        assertThat(query.count()).isEqualTo(18);
        assertThat(query.select(ID, USES).get(0).get(USES)).isEqualTo(3);
        try (var stream = query.stream()) {
            assertThat(stream.map(VersionedRecord::key)).containsExactlyElementsOf(seen);
        }
        assertThat(store.getAll(List.of("t1", "nope", "t2"))).containsOnlyKeys("t1", "t2");
    }

    @Test
    void contentSurvivesReopeningAndVerifiesAgainstAnAnchor() {
        store.insert(template("t1"));
        var anchor = keep.log().anchor();
        store.update("t1", row -> row.with(USES, 1L));
        keep.close();
        keep = RowKeep.open(storage, options());
        store = keep.store(templates);
        assertThat(row("t1").get(USES)).isEqualTo(1);
        assertThat(store.update("t1", row -> row.with(USES, 2L)).version()).isEqualTo(3);
        assertThat(keep.log().verify(anchor).problem()).isEmpty();
        assertThat(keep.log().verify().commits()).isEqualTo(3);
    }

    @Test
    void timesOfCommitsNeverGoBack() {
        Instant first = store.insert(template("t1")).time();
        keep.close();
        Clock behind = Clock.fixed(first.minus(Duration.ofDays(1)), ZoneOffset.UTC);
        keep = RowKeep.open(storage, options().clock(behind));
        store = keep.store(templates);

        assertThat(store.update("t1", row -> row.with(USES, 1L)).time()).isEqualTo(first);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void operandsOfDeclaredOperationsAreJudgedLikeValues() {
        store.insert(template("t1"));
        for (String bad : List.of("a\0b", "\ud800 alone")) {
            assertThat(store.apply(Edit.update(templates, "t1").append(SECTIONS, bad)))
                    .isInstanceOf(WriteResult.Rejected.class);
            assertThat(store.apply(Edit.update(templates, "t1").union(FIELDS, Set.of(bad))))
                    .isInstanceOf(WriteResult.Rejected.class);
        }
        store.apply(Edit.update(templates, "t1").append(SECTIONS, "\nfour").union(FIELDS, Set.of("a")))
                .orThrow();
        assertThat(row("t1").get(SECTIONS)).isEqualTo("one\ntwo\nthree\nfour");
        assertThat(row("t1").get(FIELDS)).containsExactly("a");
        assertThat(keep.log().head().sequence()).isEqualTo(2);
    }

    @Test
    void rawRowsReportAllViolationsAtOnce() {
        WriteResult<String, Row> result = store.apply(
                Edit.insertRaw(templates, Map.of("id", "x", "low", -1, "high", 2_000_000L, "uses", "many", "typo", 1)));
        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.verdict().violations()).hasSize(4));
        assertThat(store.get("x")).isEmpty();
    }
}
