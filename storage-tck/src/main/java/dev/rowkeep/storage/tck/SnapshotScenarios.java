package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.error.ReentrantCallException;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.snapshot.SnapshotExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Named snapshots: made, found, opened, compared, dropped. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class SnapshotScenarios extends SnapshotRehearsal {
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());

    /** For the fixture's author. */
    protected SnapshotScenarios() {}

    @Test
    void aSnapshotSaysWhatItIsOfAndOutlastsARestart() {
        assertThat(snapshots().list()).isEmpty();
        assertThat(snapshots().find("none")).isEmpty();
        assertThat(snapshots().drop("none")).isFalse();
        store.insert(template("t1"));
        accounts.insert(account("a", 1));
        Anchor anchor = keep.log().anchor();

        Snapshot made = ana().because("month's end").snapshots().create("2026-11");
        store.insert(template("t2"));
        Snapshot later = snapshots().create("later");

        assertThat(made.position()).isEqualTo(anchor.position());
        assertThat(made.hash()).isEqualTo(anchor.hash());
        assertThat(made.author()).isEqualTo(Author.user("ana"));
        assertThat(made.records()).isEqualTo(2);
        assertThat(made.isAutomatic()).isFalse();
        assertThat(later.records()).isEqualTo(3);
        assertThat(next(KeepEvent.SnapshotMade.class).snapshot()).isEqualTo("2026-11");
        assertThat(keep.log().read(made.position(), 1).get(0).header().reason()).contains("month's end");
        reopen();
        assertThat(snapshots().list()).containsExactly(made, later);
        assertThat(snapshots().find("2026-11")).contains(made);
        assertThat(snapshots().verify("2026-11")).isEmpty();
        assertThat(store.asOf(made.position()).query().list())
                .extracting(VersionedRecord::key)
                .containsExactly("t1");
        assertThat(files()).hasSize(hasFiles() ? 2 : 0);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void anEmptyStorageHasASnapshotToo() {
        Snapshot empty = snapshots().create("empty");
        busy(3);
        assertThat(empty.position()).isEqualTo(keep.log().start());
        assertThat(empty.records()).isZero();
        assertThat(store.diff(empty.position(), keep.log().head())).hasSize(1);
        assertThat(viewed(empty.position())).isEmpty();
        assertThat(snapshots().verify("empty")).isEmpty();
    }

    @Test
    void twoSnapshotsAreComparedByRecordAndCell() {
        store.insert(template("t1"));
        store.insert(template("t2"));
        Snapshot before = snapshots().create("before");
        set(ben(), "t1", 7);
        store.delete("t2");
        Snapshot after = snapshots().create("after");
        set(ben(), "t1", 8);

        List<RecordDiff<String>> diffs = store.diff(before.position(), after.position());
        assertThat(diffs)
                .extracting(diff -> diff.key() + " " + diff.fromVersion() + " " + diff.toVersion())
                .containsExactly("t1 1 2", "t2 1 0");
        assertThat(diffs.get(0).cells()).containsExactly(new CellChange("uses", 0L, 7L));
        assertThat(store.diff(after.position(), keep.log().head())).hasSize(1);
        assertThat(store.restore(before.position()).orThrow()).hasSize(2);
        assertThat(viewed(before.position())).hasSize(2);
    }

    @Test
    void aNameIsTakenOnceAndFreeAgainWhenItsSnapshotIsDropped() {
        busy(2);
        Snapshot first = snapshots().create("name");
        busy(2);
        assertThatExceptionOfType(SnapshotExistsException.class)
                .isThrownBy(() -> snapshots().create("name"))
                .withMessageContaining("name")
                .satisfies(e -> assertThat(e.existing()).isEqualTo(first));
        assertThat(files()).hasSize(hasFiles() ? 1 : 0);

        assertThat(snapshots().drop("name")).isTrue();
        assertThat(snapshots().drop("name")).isFalse();
        assertThat(snapshots().list()).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(viewed(first.position())).hasSize(1);
        Snapshot second = snapshots().create("name");
        assertThat(second.position().isAfter(first.position())).isTrue();
        assertThat(snapshots().list()).containsExactly(second);
    }

    @Test
    void namesThatAreNoneAreRefused() {
        for (String bad : List.of("", " ", "a\nb", "half \uD800", "x".repeat(201), "auto-7")) {
            assertThatIllegalArgumentException().isThrownBy(() -> snapshots().create(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> snapshots().find(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> snapshots().drop(" "));
        assertThat(snapshots().create("../../ä/ 'quoted' \uD83D\uDE00").name()).contains("..");
        assertThat(names()).hasSize(1);
    }

    @Test
    void snapshotsAreNoEditsAndNothingInsideACallbackMakesOne() {
        store.as(ana()).insert(template("t1"));
        ana().snapshots().create("s");
        assertThat(ana().toUndo().orElseThrow().position()).isEqualTo(at(1));
        assertThatExceptionOfType(ReentrantCallException.class)
                .isThrownBy(() -> keep.inTransaction(transaction -> snapshots().create("inside")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keep.store(Schema.dynamic("rowkeep_snapshots", ID)))
                .withMessageContaining("library's own");
    }

    @Test
    void aHandleForReadingOnlyReadsSnapshotsAndMakesNone() throws Exception {
        busy(60);
        Snapshot made = snapshots().create("kept");
        busy(120);
        List<VersionedRecord<String, Row>> then = viewed(made.position());
        keep.close();
        keep = RowKeep.openReadOnly(storage, options());
        store = keep.store(templates);
        assertThat(snapshots().list()).containsExactly(made);
        assertThat(commitsReadFor(made.position(), then)).isEqualTo(hasFiles() ? 0 : 61);
        assertThatIllegalStateException().isThrownBy(() -> snapshots().create("more"));
        assertThatIllegalStateException().isThrownBy(() -> snapshots().drop("kept"));
        assertThat(snapshots().verify("kept")).isEmpty();
    }

    @Test
    void aReadOnlyHandleOnAStorageThatNeverHadOneFindsNone() {
        busy(1);
        keep.close();
        keep = RowKeep.openReadOnly(storage, options());
        assertThat(snapshots().list()).isEmpty();
        assertThat(snapshots().find("any")).isEmpty();
        assertThat(files()).isEmpty();
    }

    /** What every place looked like is kept by a plain list, and compared whatever snapshots lie near. */
    @Test
    void viewsAreTheSameFromWhateverSnapshotTheyAreMade() {
        Random random = new Random(SEED);
        Map<Long, List<VersionedRecord<String, Row>>> model = new TreeMap<>();
        model.put(0L, List.of());
        for (int i = 0; i < 90; i++) {
            editAtRandom(random, i);
            model.put(keep.log().head().sequence(), store.query().list());
            if (random.nextInt(15) == 0) {
                snapshots().create("s" + i);
            } else if (random.nextInt(40) == 0 && !names().isEmpty()) {
                snapshots().drop(names().get(random.nextInt(names().size())));
            }
        }
        assertModel(model);
        reopen();
        List<Long> places = new ArrayList<>(model.keySet());
        for (int i = 0; i < 20; i++) {
            long place = places.get(random.nextInt(places.size()));
            assertModel(Map.of(place, model.get(place)));
        }
        snapshots()
                .list()
                .forEach(snapshot ->
                        assertThat(snapshots().verify(snapshot.name())).isEmpty());
        assertThat(keep.log().verify().problem()).isEmpty();
        assertThat(events).noneMatch(event -> event instanceof KeepEvent.SnapshotUnusable);
    }

    private void editAtRandom(Random random, int i) {
        List<Edit<?, ?>> edits = new ArrayList<>();
        for (int key = random.nextInt(3); key < 12; key += 1 + random.nextInt(12)) {
            String id = "t" + key;
            Optional<VersionedRecord<String, Row>> there = store.get(id);
            if (there.isEmpty()) {
                edits.add(Edit.insert(templates, template(id).with(NAME, random.nextBoolean() ? null : id + " " + i)));
            } else if (random.nextInt(5) == 0) {
                edits.add(Edit.delete(templates, id).expecting(there.get().version()));
            } else {
                edits.add(Edit.update(templates, id)
                        .set(SECTIONS, random.nextInt(4) == 0 ? null : "text " + i)
                        .expecting(there.get().version()));
            }
        }
        Author author = random.nextBoolean() ? Author.user("ana") : Author.job("sync");
        keep.session(author).commit(edits).orThrow();
    }

    private void assertModel(Map<Long, List<VersionedRecord<String, Row>>> model) {
        model.forEach((sequence, records) -> assertThat(viewed(at(sequence)))
                .as("position %d, seed %d", sequence, SEED)
                .isEqualTo(records));
    }

    @Test
    void snapshotsMadeWhileOthersWriteAreOfTheirPlaceAlone() throws Exception {
        for (int i = 0; i < 20; i++) {
            accounts.insert(account("a" + i, 100));
        }
        AtomicBoolean done = new AtomicBoolean();
        Future<?> writing = threads.submit(() -> {
            Random random = new Random(SEED);
            while (!done.get()) {
                String from = "a" + random.nextInt(20);
                String to = "a" + random.nextInt(20);
                keep.inTransaction(transaction -> {
                    set(transaction.on(accounts), from, amount(transaction.on(accounts), from) - 7);
                    set(transaction.on(accounts), to, amount(transaction.on(accounts), to) + 7);
                    return null;
                });
            }
        });
        for (int i = 0; i < 8; i++) {
            Snapshot snapshot = snapshots().create("s" + i);
            assertThat(snapshot.records()).isEqualTo(20);
        }
        done.set(true);
        writing.get();
        for (Snapshot snapshot : snapshots().list()) {
            List<VersionedRecord<String, Row>> fromFile =
                    accounts.asOf(snapshot.position()).query().list();
            assertThat(fromFile.stream()
                            .mapToLong(r -> r.value().require(AMOUNT))
                            .sum())
                    .isEqualTo(2000);
            assertThat(snapshots().verify(snapshot.name())).isEmpty();
            snapshots().drop(snapshot.name());
            assertThat(accounts.asOf(snapshot.position()).query().list()).isEqualTo(fromFile);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aViewIsMadeFromTheNearestSnapshot() {
        busy(70);
        Snapshot near = snapshots().create("near");
        busy(70);
        assertThat(near.position()).isEqualTo(at(71));
        assertThat(commitsReadFor(at(66), viewed(at(66)))).isEqualTo(hasFiles() ? 5 : 66);
        assertThat(commitsReadFor(at(71), viewed(at(71)))).isEqualTo(hasFiles() ? 0 : 71);
        assertThat(commitsReadFor(at(80), viewed(at(80)))).isEqualTo(hasFiles() ? 9 : 62);
        assertThat(commitsReadFor(at(3), viewed(at(3)))).isEqualTo(3);
        assertThat(commitsReadFor(keep.log().head(), store.query().list())).isZero();
        // A store that came later was empty then, from either side.
        Schema<String, Row> late = Schema.dynamic("late", ID, USES);
        keep.store(late).insert(Row.of(late, "l").with(USES, 1L));
        assertThat(keep.store(late).asOf(at(60)).query().list()).isEmpty();
        assertThat(keep.store(late).asOf(at(75)).query().list()).isEmpty();
    }

    @Test
    void aSnapshotOfAnEarlierFormOfAStoreIsReadInTheLater() {
        Schema<String, Row> first = Schema.dynamic("grown", ID, USES);
        keep.store(first).insert(Row.of(first, "g1").with(USES, 7L));
        busy(40);
        Snapshot early = snapshots().create("early");
        busy(60);
        keep.close();
        Column<String> added = Column.text("added");
        Schema<String, Row> grown = Schema.dynamic("grown", ID, added, USES);
        keep = RowKeep.open(storage, options());
        keep.store(grown).update("g1", row -> row.with(added, "new").with(USES, 8L));
        Row then =
                keep.store(grown).asOf(early.position()).get("g1").orElseThrow().value();
        assertThat(then.get(added)).isNull();
        assertThat(then.get(USES)).isEqualTo(7);
    }
}
