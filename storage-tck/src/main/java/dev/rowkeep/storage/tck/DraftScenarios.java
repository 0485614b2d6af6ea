package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.Draft;
import dev.rowkeep.store.RecordStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Edits that are staged over time and saved together. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class DraftScenarios extends TransactionRehearsal {
    /** For the fixture's author. */
    protected DraftScenarios() {}

    private Draft draft() {
        return keep.session(Author.user("ana")).because("stocktaking").draft();
    }

    private VersionedRecord<String, Row> inserted(String id) {
        return store.insert(template(id));
    }

    @Test
    void stagedEditsLandInOneCommitOfTheSession() {
        VersionedRecord<String, Row> t1 = inserted("t1");
        Position before = keep.log().head();
        Draft draft = draft();
        draft.stage(Edit.update(templates, "t1").set(USES, 5L).basedOn(t1));
        draft.stage(Edit.insert(ACCOUNTS, account("a", 3)));
        draft.stage(Edit.update(templates, "t1").set(SECTIONS, "new").basedOn(t1));
        draft.stage(Edit.update(templates, "t1").set(USES, 6L).basedOn(t1));
        draft.stage(Edit.update(ACCOUNTS, "a").set(AMOUNT, 4L).expecting(1));
        assertThat(keep.log().head()).isEqualTo(before);
        assertThat(row("t1").get(USES)).isZero();
        assertThat(draft.edits()).hasSize(2);

        assertThat(draft.save()).isInstanceOf(CommitResult.Committed.class);

        List<Commit> commits = keep.log().read(before, 10);
        assertThat(commits).hasSize(1);
        assertThat(commits.get(0).header().author()).isEqualTo(Author.user("ana"));
        assertThat(commits.get(0).header().reason()).contains("stocktaking");
        assertThat(row("t1").get(USES)).isEqualTo(6);
        assertThat(row("t1").get(SECTIONS)).isEqualTo("new");
        assertThat(store.get("t1").orElseThrow().version()).isEqualTo(2);
        assertThat(amount("a")).isEqualTo(4);
        assertThat(draft.edits()).isEmpty();
        assertThatIllegalStateException().isThrownBy(draft::save);
    }

    @Test
    void everyEditIsJudgedAsItComesAndOneThatBreaksARuleIsNotStaged() {
        VersionedRecord<String, Row> t1 = inserted("t1");
        Draft draft = draft();
        Preview<String, Row> good =
                draft.stage(Edit.update(templates, "t1").setRaw("uses", "7").basedOn(t1));
        assertThat(good.verdict().coercions()).hasSize(1);
        assertThat(good.diff()).containsExactly(new CellChange("uses", 0L, 7L));
        Preview<String, Row> bad =
                draft.stage(Edit.update(templates, "t1").set(LOW, -1L).basedOn(t1));
        assertThat(bad.verdict().violations()).extracting(v -> v.column()).containsExactly("low");
        assertThat(draft.stage(Edit.insertRaw(templates, java.util.Map.of("id", "t2", "nothing", 1)))
                        .verdict()
                        .isAccepted())
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draft.stage(Edit.update(templates, "t9").set(USES, 1L)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draft.stage(Edit.update(templates, "t1").add(USES, 1L)));
        assertThat(draft.edits()).hasSize(1);
        draft.save().orThrow();
        assertThat(row("t1").get(USES)).isEqualTo(7);
        assertThat(row("t1").get(LOW)).isZero();
    }

    @Test
    void previewIsAgainstTheNewestStateAndConflictsAreAnsweredBeforeSavingAgain() {
        VersionedRecord<String, Row> t1 = inserted("t1");
        VersionedRecord<String, Row> t2 = inserted("t2");
        Draft draft = draft();
        draft.stage(Edit.update(templates, "t1").set(SECTIONS, "mine").basedOn(t1));
        draft.stage(Edit.update(templates, "t2").set(USES, 2L).basedOn(t2));
        assertThat(draft.preview())
                .allSatisfy(staged -> assertThat(staged.preview().conflict()).isEmpty());

        store.apply(Edit.update(templates, "t1").set(SECTIONS, "theirs").basedOn(t1))
                .orThrow();
        store.apply(Edit.update(templates, "t2").set(STOCK, 9L).basedOn(t2)).orThrow();

        Conflict<?, ?> conflict = draft.preview().get(0).preview().conflict().orElseThrow();
        assertThat(conflict.cells()).extracting(cell -> cell.theirs()).containsExactly("theirs");
        assertThat(draft.preview().get(1).preview().diff()).containsExactly(new CellChange("uses", 0L, 2L));
        Position before = keep.log().head();
        assertThat(draft.save()).isInstanceOf(CommitResult.Refused.class);
        assertThat(keep.log().head()).isEqualTo(before);
        assertThat(draft.edits()).hasSize(2);

        draft.unstage(templates, "t1");
        draft.stage(Edit.update(templates, "t1")
                .set(SECTIONS, "both")
                .basedOn(store.get("t1").orElseThrow()));
        draft.save().orThrow();
        assertThat(row("t1").get(SECTIONS)).isEqualTo("both");
        assertThat(row("t2").get(USES)).isEqualTo(2);
        assertThat(row("t2").get(STOCK)).isEqualTo(9);
        assertThat(keep.log().read(before, 10)).hasSize(1);
    }

    /** A cell that somebody has changed since it was staged is a conflict, however new the record is that a later edit stands on. */
    @Test
    void cellsStagedEarlierStandOnWhatTheyWereStagedOn() {
        VersionedRecord<String, Row> t1 = inserted("t1");
        Draft draft = draft();
        draft.stage(Edit.update(templates, "t1").set(SECTIONS, "mine").basedOn(t1));
        store.apply(Edit.update(templates, "t1").set(SECTIONS, "theirs").basedOn(t1))
                .orThrow();
        VersionedRecord<String, Row> newer = store.get("t1").orElseThrow();
        Preview<String, Row> both =
                draft.stage(Edit.update(templates, "t1").set(USES, 5L).basedOn(newer));
        assertThat(both.conflict()).isPresent();
        assertThat(draft.save()).isInstanceOf(CommitResult.Refused.class);
        assertThat(row("t1").get(SECTIONS)).isEqualTo("theirs");
    }

    @Test
    void uniqueValuesMoveBetweenStagedEdits() {
        VersionedRecord<String, Row> t1 = inserted("t1");
        VersionedRecord<String, Row> t2 = inserted("t2");
        Draft draft = draft();
        Preview<String, Row> taken =
                draft.stage(Edit.update(templates, "t1").set(NAME, "name of t2").basedOn(t1));
        assertThat(taken.verdict().violations()).extracting(v -> v.rule()).containsExactly("unique");
        draft.stage(Edit.update(templates, "t2").set(NAME, "name of t1").basedOn(t2));
        draft.save().orThrow();
        assertThat(row("t1").get(NAME)).isEqualTo("name of t2");
    }

    @Test
    void discardedAndDeletedEditsLeaveNothing() {
        VersionedRecord<String, Row> t1 = inserted("t1");
        Draft draft = draft();
        draft.stage(Edit.update(templates, "t1").set(USES, 5L).basedOn(t1));
        draft.discard();
        assertThat(draft.edits()).isEmpty();
        draft.stage(Edit.update(templates, "t1").set(USES, 5L).basedOn(t1));
        draft.stage(Edit.delete(templates, "t1").basedOn(t1));
        assertThat(row("t1").get(USES)).isZero();
        draft.save().orThrow();
        assertThat(store.exists("t1")).isFalse();
    }

    @Test
    void draftIsAsItWasWhenNobodyKnowsWhetherItLanded() {
        accounts.insert(account("b", 1));
        Draft draft = draft();
        draft.stage(Edit.insert(ACCOUNTS, account("a", 1)));
        storage.next(Fault.lostAcknowledgement()).failRecoveries(1);
        org.assertj.core.api.Assertions.assertThatExceptionOfType(UnknownOutcomeException.class)
                .isThrownBy(draft::save);
        assertThat(draft.edits()).hasSize(1);
    }

    @Test
    void severalThreadsStageAndSaveOneDraft() throws Exception {
        Draft draft = draft();
        List<Future<?>> stagers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String prefix = "a" + thread + "-";
            stagers.add(threads.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    draft.stage(Edit.insert(ACCOUNTS, account(prefix + i, i)));
                    if (i % 10 == 9) {
                        assertThat(draft.save()).isInstanceOf(CommitResult.Committed.class);
                    }
                }
                return null;
            }));
        }
        for (Future<?> stager : stagers) {
            try {
                stager.get();
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e).hasMessageContaining("nothing to save"); // another thread saved it all
            }
        }
        if (!draft.edits().isEmpty()) {
            draft.save().orThrow();
        }
        assertThat(accounts.query().list())
                .allSatisfy(record -> assertThat(record.version()).isOne());
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void aCheckThatRefusesOneEditIsToldBesideInsertsAndDeletes() {
        Schema<String, Row> bounded = Schema.dynamic("bounded", ID, LOW, HIGH)
                .check("bounds", row -> row.require(LOW) <= row.require(HIGH), "Give a lower bound that is lower.");
        RecordStore<String, Row> bounds = keep.store(bounded);
        bounds.insert(Row.of(bounded, "b1").with(LOW, 1L).with(HIGH, 9L));
        bounds.insert(Row.of(bounded, "b2").with(LOW, 1L).with(HIGH, 9L));
        Position head = keep.log().head();

        CommitResult result = keep.session(Author.user("ana"))
                .commit(List.of(
                        Edit.insert(templates, template("t1")),
                        Edit.update(bounded, "b1").set(HIGH, 0L).expecting(1),
                        Edit.delete(bounded, "b2").expecting(1)));

        assertThat(((CommitResult.Refused) result).problems()).singleElement().isInstanceOf(WriteResult.Rejected.class);
        assertThat(keep.log().head()).isEqualTo(head);
    }
}
