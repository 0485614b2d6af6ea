package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionProgress;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contents of older changes that are dropped, while the log still says who changed what when. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class RetentionVersionsScenarios extends RetentionRehearsal {
    private static final RetentionPolicy NEWEST_THREE = RetentionPolicy.keepVersions(3);

    /** For the fixture's author. */
    protected RetentionVersionsScenarios() {}

    /** The newest commit of a change of t1 that is not one of the newest three. */
    private Position newestDropped() {
        return store.history("t1", 4).size() == 3
                ? store.asOf("t1", newestVersion("t1") - 3).orElseThrow().position()
                : store.history("t1", 4).get(3).commit().position();
    }

    @Test
    void ofEachRecordTheNewestVersionsStay() {
        live();
        List<RecordVersion> t1 = store.history("t1", 100);
        List<RecordVersion> t4 = store.history("t4", 100);
        assertThat(t4).hasSize(3);
        Position oldest = t1.get(3).commit().position();

        RetentionResult result = applied(NEWEST_THREE);

        assertThat(result.dropped()).isZero();
        assertThat(result.oldest()).isEqualTo(at(0));
        assertThat(result.emptied()).isEqualTo(t1.size() - 3);
        assertThat(result.heldBackBy()).isEmpty();
        for (int turn = 0; turn < 2; turn++) {
            assertThat(store.history("t1", 100)).isEqualTo(t1.subList(0, 3));
            assertThat(store.history("t4", 100)).isEqualTo(t4);
            assertThat(store.history("t3", 100)).hasSize(1);
            assertThat(store.blame("t1").get("uses")).isEqualTo(t1.get(0));
            VersionedRecord<String, Row> found =
                    store.asOf("t1", t1.get(3).change().version()).orElseThrow();
            assertThat(found.position()).isEqualTo(oldest);
            assertThat(found.author()).isEqualTo(t1.get(3).commit().author());
            assertThat(found.value().get(USES)).isEqualTo(53L);
            assertDropped(() -> store.asOf("t1", t1.get(4).change().version()), oldest);
            assertDropped(() -> store.diff("t1", 1, 2), oldest);
            assertDropped(() -> store.revert("t1", 2), oldest);
            assertThat(store.asOf("t4", 1)).isPresent();
            assertThat(keep.log().verify().problem()).isEmpty();
            reopen();
        }
    }

    @Test
    void theStoreIsKnownAsAWholeFromTheNewestDroppedChangeOn() {
        live();
        Position oldest = newestDropped();
        applied(NEWEST_THREE);
        for (int turn = 0; turn < 2; turn++) {
            past.forEach((sequence, records) -> {
                if (sequence < oldest.sequence()) {
                    assertDropped(() -> viewed(at(sequence)), oldest);
                    assertDropped(() -> store.diff(at(sequence), at(60)), oldest);
                    assertDropped(() -> store.restore(at(sequence)), oldest);
                } else {
                    assertThat(viewed(at(sequence))).isEqualTo(records);
                }
                assertThat(store.asOf("t3", at(sequence)).isPresent()).isEqualTo(sequence > 1);
            });
            reopen();
        }
        land(store.restore(oldest));
        assertThat(row("t1").get(USES)).isEqualTo(53L);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void theLogStillSaysWhoChangedWhichRecordWhen() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("export"));
        live();
        List<Commit> before = log();
        applied(NEWEST_THREE);
        List<Commit> after = log().subList(0, before.size());
        for (int i = 0; i < before.size(); i++) {
            Commit was = before.get(i);
            Commit is = after.get(i);
            assertThat(is.header()).isEqualTo(was.header());
            assertThat(is.hash()).isEqualTo(was.hash());
            Change made = was.changes().get(0);
            boolean isOld = made.key().equals("t1") && made.version() <= newestVersion("t1") - 3;
            assertThat(is.changes().get(0))
                    .isEqualTo(
                            isOld
                                    ? new Change(
                                            made.store(),
                                            made.key(),
                                            made.version(),
                                            made.kind(),
                                            List.of(),
                                            Change.Contents.DROPPED)
                                    : made);
        }
        LogFilter t1 = LogFilter.of(templates, "t1");
        assertThat(keep.log().read(at(0), t1, 1_000).commits()).hasSize(54);
        assertThat(keep.log().read(at(0), t1.columns(USES), 1_000).commits()).hasSize(3);
        Path file = keep.log().exportTo(folder).filter(t1).write("t1.jsonl").path();
        assertThat(Files.readAllLines(file))
                .hasSize(54)
                .filteredOn(line -> line.contains("\"contentsDropped\":true,\"cells\":[]"))
                .hasSize(51);
    }

    @Test
    void whatWasDeletedCanBeUndoneAsLongAsTheDeleteIsKept() {
        live();
        store.as(ana()).delete("t1");
        applied(RetentionPolicy.keepVersions(1));
        assertThat(store.history("t1", 9)).hasSize(1);
        land(ana().undo());
        assertThat(row("t1").get(USES)).isEqualTo(56L);
        applied(RetentionPolicy.keepVersions(1));
        assertThat(store.history("t1", 9)).hasSize(1);
        assertThat(row("t1").get(USES)).isEqualTo(56L);
    }

    @Test
    void whatReplacedDroppedContentsCannotBeUndone() {
        live();
        applied(NEWEST_THREE);
        Position oldest = newestDropped();
        assertDropped(() -> ana().undo(at(20)), oldest);
        assertDropped(() -> ana().inverseOf(at(20)), oldest);

        store.as(ana()).insert(template("hers"));
        for (int i = 1; i < 7; i++) {
            set(ana(), "hers", i);
        }
        applied(RetentionPolicy.keepVersions(2));
        land(ana().undo());
        land(ana().undo());
        assertThat(version("hers")).isEqualTo("9:4");
        assertThatExceptionOfType(HistoryDroppedException.class)
                .isThrownBy(() -> ana().undo())
                .withMessageContaining("version 4 of templates/hers");
        assertThat(version("hers")).isEqualTo("9:4");
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void anEditOnAVersionThatIsKnownNoMoreIsMergedAsEver() {
        live();
        VersionedRecord<String, Row> read = store.asOf("t1", at(20)).orElseThrow();
        applied(NEWEST_THREE);
        WriteResult<String, Row> result = store.as(ana())
                .apply(Edit.update(templates, "t1").set(NAME, "mine").basedOn(read));
        assertThat(result).isInstanceOf(WriteResult.Merged.class);
        assertThat(row("t1").get(USES)).isEqualTo(56L);
        assertThat(row("t1").get(NAME)).isEqualTo("mine");
    }

    @Test
    void aStoreThatKeepsLessThanAnotherLosesContentsOnly() {
        live();
        accounts.insert(account("a", 1));
        RetentionPolicy policy = TWENTY_HOURS.keepAll(accounts.schema().name());

        RetentionResult result = applied(policy);

        assertThat(result.oldest()).isEqualTo(at(0));
        assertThat(result.emptied()).isEqualTo(40);
        past.forEach((sequence, records) -> {
            if (sequence < 40) {
                assertDropped(() -> viewed(at(sequence)), at(40));
            } else {
                assertThat(viewed(at(sequence))).isEqualTo(records);
            }
        });
        assertThat(row("t3").get(USES)).isZero();
        assertThat(store.asOf("t3", 1)).isPresent();
        assertThat(accounts.asOf(at(3)).query().list()).isEmpty();
        assertThat(applied(TWENTY_HOURS).oldest()).isEqualTo(at(40));
        assertThat(store.asOf("t3", 1)).isPresent();
    }

    @Test
    void aNamedSnapshotPinsAReport() {
        live();
        Position pinned = keep.snapshots().create("report").position();
        List<VersionedRecord<String, Row>> report = viewed(pinned);
        for (int i = 0; i < 30; i++) {
            set(ben(), "t1", i);
        }

        RetentionResult result = applied(NEWEST_THREE);

        assertThat(viewed(pinned)).isEqualTo(report);
        if (hasFiles()) {
            assertThat(result.heldBackBy()).isEmpty();
            assertDropped(() -> viewed(at(pinned.sequence() + 1)), newestDropped());
        } else {
            assertThat(result.heldBackBy().orElseThrow()).contains("report");
            assertThat(store.history("t1", 100)).hasSize(30);
        }
        reopen();
        assertThat(viewed(pinned)).isEqualTo(report);
    }

    @Test
    void answersToRequestsAreKept() {
        live();
        Edit<String, Row> edit = Edit.update(templates, "t1").set(USES, 77L).expecting(newestVersion("t1"));
        assertThat(store.as(ana().forRequest("r-1")).apply(edit)).isInstanceOf(WriteResult.Applied.class);
        for (int i = 0; i < 9; i++) {
            set(ben(), "t1", i);
        }
        assertThat(applied(NEWEST_THREE).heldBackBy().orElseThrow()).contains("requests");
        assertThat(store.as(ana().forRequest("r-1")).apply(edit)).isInstanceOf(WriteResult.Duplicate.class);
        clock.move(HOUR.multipliedBy(3));
        set(ben(), "t1", 100);
        assertThat(applied(NEWEST_THREE).heldBackBy()).isEmpty();
        assertThat(store.history("t1", 100)).hasSize(3);
    }

    @Test
    void aRunStopsWhereItIsToldAndTheNextGoesOn() {
        busy(3_500);
        List<RetentionProgress> steps = new ArrayList<>();
        RetentionResult stopped = keep.retention().apply(NEWEST_THREE, progress -> {
            steps.add(progress);
            return steps.size() < 2;
        });
        assertThat(stopped.isComplete()).isFalse();
        assertThat(stopped.emptied()).isEqualTo(steps.get(1).emptied()).isBetween(2L, 3_000L);
        assertThat(keep.log().verify().problem()).isEmpty();
        reopen();

        RetentionResult rest = applied(NEWEST_THREE);

        assertThat(rest.emptied()).isEqualTo(3_501 - 3 - stopped.emptied());
        Position head = keep.log().head();
        assertThat(applied(NEWEST_THREE).emptied()).isZero();
        assertThat(keep.log().head()).isEqualTo(head);
    }

    @Test
    void theLogSaysWhoWantedItBeforeAnythingGoes() {
        live();
        Position before = keep.log().head();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ana().because("less").retention().apply(NEWEST_THREE, progress -> {
                    throw new IllegalStateException("enough");
                }));
        Commit said = keep.log().read(before, 10).get(0);
        assertThat(said.header().author()).isEqualTo(ana().author());
        assertThat(said.header().reason()).contains("less");
        assertThat(said.changes()).singleElement().satisfies(change -> {
            assertThat(change.store()).isEqualTo("rowkeep_retention");
            assertThat(change.key()).isEqualTo(before.sequence());
            assertThat(change.cells())
                    .anySatisfy(cell ->
                            assertThat(String.valueOf(cell.after())).contains(templates.name(), "newest 3 versions"));
        });
    }

    @Test
    void nothingGoesIfItCannotBeSaid() {
        live();
        storage.next(Fault.permanent());
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> keep.retention().apply(NEWEST_THREE));
        assertThat(store.history("t1", 100)).hasSize(54);
        reopen();
        applied(NEWEST_THREE);
        assertThat(store.history("t1", 100)).hasSize(3);
    }

    @Test
    void segmentsOfTheLogBeginWhereItsContentsDo() {
        live();
        Position oldest = newestDropped();
        applied(NEWEST_THREE);
        assertDropped(() -> keep.log().ship(at(3), 10), oldest);
        assertDropped(() -> keep.log().ship(at(oldest.sequence() - 1), 100), oldest);
        assertThat(keep.log().ship(oldest, 100)).isPresent();
    }

    @Test
    void writersAndReadersGoOnMeanwhile() throws Exception {
        busy(2_000);
        assertOthersGoOnDuring(NEWEST_THREE);
    }

    /** What a record was in between cannot be told, so whether it was in the range cannot either. */
    @Test
    void aTransactionWhoseRangeCannotBeCheckedRunsAgain() {
        live();
        AtomicInteger runs = new AtomicInteger();
        keep.inTransaction(transaction -> {
            long found =
                    transaction.on(store).query().where(Condition.eq(USES, 44L)).count();
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> {
                    set(ben(), "t1", 44);
                    set(ben(), "t1", 45);
                    set(ben(), "t1", 46);
                    applied(RetentionPolicy.keepVersions(1));
                });
            }
            transaction.on(store).update("t3", row -> row.with(USES, found));
            return found;
        });
        assertThat(runs).hasValue(2);
    }

    /** From a snapshot on, a view would need the contents that came after it. */
    @Test
    void aSnapshotFromBeforeIsNotGoneOnFrom() {
        assumeFiles();
        live();
        keep.snapshots().create("old");
        for (int i = 0; i < 4; i++) {
            set(ben(), "t1", 100 + i);
        }
        Position last = keep.log().head();
        List<VersionedRecord<String, Row>> then = viewed(last);
        applied(RetentionPolicy.keepVersions(1));
        busy(100);
        assertThat(viewed(last)).isEqualTo(then);
    }

    /** From the first commit on, it would need them too. */
    @Test
    void aViewAcrossThemIsMadeFromThePresent() {
        store.insert(template("t1"));
        set(ben(), "t1", 1);
        set(ben(), "t1", 2);
        Position last = keep.log().head();
        List<VersionedRecord<String, Row>> then = viewed(last);
        applied(RetentionPolicy.keepVersions(1));
        busy(100);
        assertThat(viewed(last)).isEqualTo(then);
    }

    @Test
    void ofOtherStoresNothingGoes() {
        accounts.insert(account("a", 1));
        accounts.update("a", account -> account("a", 2));
        accounts.update("a", account -> account("a", 3));
        live();
        List<RecordVersion> history = accounts.history("a", 9);
        applied(RetentionPolicy.keepAll().keepVersions(templates.name(), 1));
        applied(RetentionPolicy.keepAll().keepFor(templates.name(), HOUR));
        assertThat(store.history("t1", 9)).hasSize(1);
        assertThat(accounts.history("a", 9)).isEqualTo(history).hasSize(3);
        assertThat(accounts.asOf(at(2)).query().list()).hasSize(1);
    }

    @Test
    void contentsThatNoRetentionHasDroppedAreMissed() {
        live();
        applied(NEWEST_THREE);
        storage.forgetDroppedContents();
        assertThat(keep.log().verify().problem().orElseThrow()).contains("lost its contents");
    }

    @Test
    void lessThanOneVersionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetentionPolicy.keepVersions(0))
                .withMessageContaining("At least one");
    }
}
