package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.log.UnknownPositionException;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commits that are taken back and brought back. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class UndoScenarios extends UndoRehearsal {
    /** For the fixture's author. */
    protected UndoScenarios() {}

    @Test
    void eachKindOfChangeIsTakenBackAndBroughtBackAsANewVersion() {
        RecordStore<String, Row> anas = store.as(ana());
        anas.insert(template("t1"));
        set(ana(), "t1", 5);
        anas.delete("t1");

        land(ana().undo());
        assertThat(version("t1")).isEqualTo("4:5");
        land(ana().undo());
        assertThat(version("t1")).isEqualTo("5:0");
        land(ana().undo());
        assertThat(store.exists("t1")).isFalse();
        land(ana().redo());
        assertThat(version("t1")).isEqualTo("7:0");
        land(ana().redo());
        assertThat(version("t1")).isEqualTo("8:5");
        land(ana().redo());
        assertThat(store.exists("t1")).isFalse();
        land(ana().undo());
        assertThat(row("t1")).isEqualTo(template("t1").with(USES, 5L));
        assertThat(store.history("t1")).hasSize(10);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void whatOthersChangedLaterIsNeverOverwritten() {
        store.insert(template("t1"));
        set(ana(), "t1", 5);
        set(ben(), "t1", 7);
        Position before = keep.log().head();

        Conflict<?, ?> conflict = conflict(ana().undo());
        assertThat(conflict.cells()).containsExactly(new CellConflict("uses", 5L, 0L, 7L));
        assertThat(conflict.author()).contains(Author.user("ben"));
        assertThat(version("t1")).isEqualTo("3:7");
        assertThat(keep.log().head()).isEqualTo(before);
        assertThat(ana().toUndo().orElseThrow().changes().get(0).version()).isEqualTo(2);

        land(ben().undo());
        land(ana().undo());
        assertThat(version("t1")).isEqualTo("5:0");
    }

    @Test
    void cellsThatOthersChangedLaterStay() {
        store.insert(template("t1"));
        set(ana(), "t1", 5);
        store.as(ben()).update("t1", row -> row.with(SECTIONS, "ben's"));

        WriteResult<?, ?> result = ana().undo().orThrow().get(0);

        assertThat(result).isInstanceOf(WriteResult.Merged.class);
        assertThat(row("t1")).isEqualTo(template("t1").with(SECTIONS, "ben's"));
    }

    @Test
    void aSumLosesWhatWasAddedAndKeepsWhatOthersAdded() {
        store.insert(template("t1"));
        store.as(ana()).apply(Edit.update(templates, "t1").add(STOCK, 5L)).orThrow();
        store.as(ben()).apply(Edit.update(templates, "t1").add(STOCK, 3L)).orThrow();
        land(ana().undo());
        assertThat(row("t1").get(STOCK)).isEqualTo(3);
        land(ana().redo());
        assertThat(row("t1").get(STOCK)).isEqualTo(8);
    }

    @Test
    void anInsertIsOnlyTakenBackIfNobodyHasEditedSince() {
        store.as(ana()).insert(template("t1"));
        set(ben(), "t1", 7);
        Conflict<?, ?> conflict = conflict(ana().undo());
        assertThat(conflict.reason()).isEqualTo(Conflict.Reason.STALE_VERSION);
        assertThat(version("t1")).isEqualTo("2:7");

        land(ben().undo());
        land(ana().undo());
        assertThat(store.exists("t1")).isFalse();
    }

    @Test
    void aDeleteIsOnlyTakenBackIfThereIsNoRecordAgain() {
        store.insert(template("t1"));
        store.as(ana()).delete("t1");
        store.as(ben()).insert(template("t1").with(USES, 9L));
        assertThat(conflict(ana().undo()).reason()).isEqualTo(Conflict.Reason.EXISTS);
        assertThat(version("t1")).isEqualTo("3:9");
    }

    @Test
    void theStackIsTheAuthorsAndOutlastsARestart() {
        store.insert(template("t1"));
        store.insert(template("t2"));
        set(ana(), "t1", 1);
        set(ben(), "t2", 2);
        set(ana(), "t1", 3);
        store.as(keep.session(Author.job("ana"))).update("t2", row -> row.with(STOCK, 4L));
        ana().leases().acquire("report", Duration.ofMinutes(1));
        land(ana().undo());
        keep.close();
        keep = RowKeep.open(storage, options());
        store = keep.store(templates);

        assertThat(version("t1")).isEqualTo("4:1");
        assertThat(ana().toRedo().orElseThrow().header().reason()).contains("undo of commit 5");
        land(ana().redo());
        land(ana().undo());
        land(ana().undo());
        assertThat(version("t1")).isEqualTo("7:0");
        assertThat(row("t2")).isEqualTo(template("t2").with(USES, 2L).with(STOCK, 4L));
        assertThat(ana().toUndo()).isEmpty();
        Position head = keep.log().head();
        assertThat(ana().undo()).isEqualTo(new CommitResult.Committed(head, List.of()));
        assertThat(keep.log().head()).isEqualTo(head);
    }

    @Test
    void aNewCommitEmptiesWhatThereIsToRedo() {
        store.insert(template("t1"));
        set(ana(), "t1", 1);
        set(ana(), "t1", 2);
        land(ana().undo());
        set(ana(), "t1", 3);
        assertThat(ana().toRedo()).isEmpty();
        assertThat(ana().redo().orThrow()).isEmpty();
        assertThat(version("t1")).isEqualTo("5:3");
        land(ana().undo());
        assertThat(version("t1")).isEqualTo("6:1");
        land(ana().undo());
        assertThat(version("t1")).isEqualTo("7:0");
        land(ana().redo());
        land(ana().redo());
        assertThat(version("t1")).isEqualTo("9:3");
        assertThat(ana().toRedo()).isEmpty();
    }

    @Test
    void aCommitOverSeveralStoresIsTakenBackAsAWholeOrNotAtAll() {
        keep.store(ACCOUNTS);
        store.insert(template("t1"));
        store.insert(template("t2"));
        CommitResult.Committed both = (CommitResult.Committed) ana().commit(List.of(
                Edit.update(templates, "t1").set(USES, 5L).expecting(1),
                Edit.delete(templates, "t2").expecting(1),
                Edit.insert(ACCOUNTS, account("a", 3))));
        keep.store(ACCOUNTS).as(ben()).update("a", row -> row.with(AMOUNT, 4L));

        assertThat(conflict(ana().undo()).mine().rawKey()).isEqualTo("a");
        assertThat(version("t1")).isEqualTo("2:5");
        assertThat(store.exists("t2")).isFalse();
        land(ben().undo());

        CommitResult taken = keep.session(Author.user("support")).undo(both.position());
        assertThat(taken.orThrow()).hasSize(3);
        assertThat(row("t1")).isEqualTo(template("t1"));
        assertThat(row("t2")).isEqualTo(template("t2"));
        assertThat(keep.store(ACCOUNTS).exists("a")).isFalse();
        Commit commit =
                keep.log().read(ben().toRedo().orElseThrow().position(), 1).get(0);
        assertThat(commit.header().reason()).contains("undo of commit 3");
        assertThat(commit.changes())
                .extracting("kind")
                .containsExactly(ChangeKind.DELETE, ChangeKind.INSERT, ChangeKind.UPDATE);

        land(keep.session(Author.user("support")).undo());
        assertThat(version("t1")).isEqualTo("4:5");
        assertThat(keep.store(ACCOUNTS).exists("a")).isTrue();
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void whatWouldBeTakenBackCanBePreviewed() {
        store.insert(template("t1"));
        set(ana(), "t1", 5);
        Position before = keep.log().head();

        List<Edit<?, ?>> edits = ana().inverseOf(ana().toUndo().orElseThrow().position());

        assertThat(edits).hasSize(1);
        @SuppressWarnings("unchecked")
        Preview<String, Row> preview = store.preview((Edit<String, Row>) edits.get(0));
        assertThat(preview.conflict()).isEmpty();
        assertThat(preview.diff()).extracting("after").containsExactly(0L);
        assertThat(version("t1")).isEqualTo("2:5");
        assertThat(keep.log().read(before, 10)).isEmpty();
    }

    @Test
    void callsAtTheSameTimeTakeBackOneCommitEach() throws Exception {
        store.insert(template("t1"));
        for (int round = 0; round < 10; round++) {
            set(ana(), "t1", round * 2 + 1);
            set(ana(), "t1", round * 2 + 2);
            Future<CommitResult> one = threads.submit(() -> ana().undo());
            Future<CommitResult> other = threads.submit(() -> ana().undo());
            land(one.get());
            land(other.get());
            assertThat(row("t1").get(USES)).isZero();
            land(ana().redo());
            land(ana().redo());
            assertThat(row("t1").get(USES)).isEqualTo(round * 2 + 2);
            one = threads.submit(() -> ana().undo());
            other = threads.submit(() -> ana().undo());
            land(one.get());
            land(other.get());
            assertThat(row("t1").get(USES)).isZero();
        }
        assertThat(ana().toUndo()).isEmpty();
    }

    @Test
    void whatCannotBeTakenBackSaysWhatToDo() {
        keep.store(ACCOUNTS).as(ana()).insert(account("a", 1));
        Position inserted = keep.log().head();
        assertThatIllegalStateException()
                .isThrownBy(() -> ana().forRequest("r1").undo())
                .withMessageContaining("without one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ana().undo(keep.log().start()))
                .withMessageContaining("position of a commit");
        assertThatExceptionOfType(UnknownPositionException.class)
                .isThrownBy(() -> ana().inverseOf(new Position(UUID.randomUUID(), 0, 1, 1)));
        keep.close();
        keep = RowKeep.open(storage, options());
        assertThatIllegalStateException()
                .isThrownBy(() -> ana().undo())
                .withMessageContaining("keep.store(schema)")
                .withMessageContaining("accounts");
        assertThat(keep.store(ACCOUNTS).exists("a")).isTrue();
        land(ana().undo(inserted));
        assertThat(keep.store(ACCOUNTS).exists("a")).isFalse();
    }

    @Test
    void twoAuthorsAtRandomAlwaysHaveWhatTheirPlainModelsHave() {
        List<Undoer> undoers = List.of(new Undoer("ana"), new Undoer("ben"));
        for (long seed = 1; seed <= (isLong() ? 40 : 2); seed++) {
            Random random = new Random(seed);
            for (int step = 0; step < 100; step++) {
                undoers.get(random.nextInt(2)).step(random);
                for (Undoer undoer : undoers) {
                    assertThat(undoer.actual())
                            .as("seed %s, step %s", seed, step)
                            .isEqualTo(undoer.expected);
                }
                if (random.nextInt(50) == 0) {
                    keep.close();
                    keep = RowKeep.open(storage, options());
                    store = keep.store(templates);
                }
            }
        }
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    /** An author with four records that nobody else edits, and what they are by a stack of whole states. */
    private final class Undoer {
        private final String name;
        private final Deque<Map<String, Row>> undo = new ArrayDeque<>();
        private final Deque<Map<String, Row>> redo = new ArrayDeque<>();
        private Map<String, Row> expected = new TreeMap<>();

        private Undoer(String name) {
            this.name = name;
        }

        private Session session() {
            return keep.session(Author.user(name));
        }

        private Map<String, Row> actual() {
            Map<String, Row> actual = new TreeMap<>();
            for (int i = 0; i < 4; i++) {
                store.get(name + i).ifPresent(found -> actual.put(found.key(), found.value()));
            }
            return actual;
        }

        private void step(Random random) {
            switch (random.nextInt(5)) {
                case 0, 1 -> edit(random);
                case 2 -> {
                    List<WriteResult<?, ?>> taken = session().undo().orThrow();
                    assertThat(taken.isEmpty()).isEqualTo(undo.isEmpty());
                    if (!undo.isEmpty()) {
                        redo.push(expected);
                        expected = undo.pop();
                    }
                }
                case 3 -> {
                    List<WriteResult<?, ?>> taken = session().redo().orThrow();
                    assertThat(taken.isEmpty()).isEqualTo(redo.isEmpty());
                    if (!redo.isEmpty()) {
                        undo.push(expected);
                        expected = redo.pop();
                    }
                }
                default -> {
                    assertThat(session().toUndo().isPresent()).isEqualTo(!undo.isEmpty());
                    assertThat(session().toRedo().isPresent()).isEqualTo(!redo.isEmpty());
                }
            }
        }

        /** Inserts, changes and deletes some of the four in one commit. */
        private void edit(Random random) {
            Map<String, Row> after = new TreeMap<>(expected);
            List<Edit<String, Row>> edits = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String id = name + i;
                Row before = expected.get(id);
                if (random.nextInt(3) > 0 && !(i == 3 && edits.isEmpty())) {
                    continue;
                }
                if (before == null) {
                    Row inserted = template(id).with(USES, random.nextLong(1, 100));
                    edits.add(Edit.insert(templates, inserted));
                    after.put(id, inserted);
                } else if (random.nextInt(3) == 0) {
                    edits.add(Edit.delete(templates, id)
                            .expecting(store.get(id).orElseThrow().version()));
                    after.remove(id);
                } else {
                    long uses = before.require(USES) + random.nextLong(1, 5);
                    edits.add(Edit.update(templates, id)
                            .set(USES, uses)
                            .expecting(store.get(id).orElseThrow().version()));
                    after.put(id, before.with(USES, uses));
                }
            }
            land(session().commit(edits));
            undo.push(expected);
            redo.clear();
            expected = after;
        }
    }
}
