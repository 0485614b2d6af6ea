package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.RejectedException;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.error.ReentrantCallException;
import dev.rowkeep.log.UnconfirmedException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.Draft;
import dev.rowkeep.store.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Erasing while others write, undo and erase: what is erased comes back by none of these. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ErasureBesideOthers extends ErasureRehearsal {
    /** The records that the longest of the calls here reads from the storage, and a few. */
    private static final int MOST_READS = isLong() ? 12 : 5;

    /** For the fixture's author. */
    protected ErasureBesideOthers() {}

    /** Does {@code other} on another thread after so many reads of records of this storage. */
    private void afterReads(int reads, Runnable other) {
        AtomicInteger left = new AtomicInteger(reads);
        storage.afterReads(() -> {
            if (left.decrementAndGet() == 0) {
                elsewhere(other);
            }
        });
    }

    private void elsewhere(Runnable other) {
        try {
            threads.submit(other).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever {@code call} does to {@code id}, and whenever {@code other} comes in between. */
    private void amid(String name, Consumer<String> before, Consumer<String> call, Consumer<String> other) {
        for (int reads = 1; reads <= MOST_READS; reads++) {
            String id = name + reads;
            before.accept(id);
            reopenAll(); // Nothing is in the cache.
            afterReads(reads, () -> other.accept(id));
            call.accept(id);
            storage.afterReads(() -> {});
        }
    }

    private void erase(String id) {
        officer().erase(Subject.of(PEOPLE, id));
    }

    private void assertNothingLeft() throws IOException {
        assertVerified(keep);
        assertThat(people.query().list())
                .allSatisfy(record -> assertThat(record.value().get(FULL_NAME)).isNull());
        assertThat(holding(SECRET)).isEmpty();
    }

    @Test
    void aRecordThatComesBackMeanwhileIsEmptiedTooOrStaysWhole() {
        amid(
                "p",
                id -> {
                    people.insert(person(id, SECRET + id));
                    people.delete(id);
                },
                this::erase,
                id -> people.insert(person(id, "New " + id)));

        assertVerified(keep);
        assertThat(people.query().list()).isNotEmpty().allSatisfy(record -> {
            Position made = record.position();
            List<Object> told = people.history(record.key(), 1).get(0).change().cells().stream()
                    .filter(cell -> cell.column().equals("full_name"))
                    .map(cell -> cell.after())
                    .toList();
            Object held = record.value().get(FULL_NAME);
            assertThat(told).as("%s %s", record, made).containsExactly(held == null ? Erased.ERASED : held);
        });
    }

    @Test
    void aValueThatIsWrittenMeanwhileIsEmptiedTooOrStaysWhole() {
        amid(
                "p",
                id -> people.insert(Row.of(PEOPLE, id).with(CITY, "Basel")),
                this::erase,
                id -> people.update(id, row -> row.with(FULL_NAME, "New " + id)));

        assertVerified(keep);
        assertThat(people.query().list()).allSatisfy(record -> {
            Object held = record.value().get(FULL_NAME);
            Row then =
                    people.asOf(record.key(), record.position()).orElseThrow().value();
            assertThat(then.get(FULL_NAME)).isEqualTo(held);
        });
    }

    @Test
    void anUndoAmidAnErasureBringsNothingBack() throws IOException {
        amid(
                "p",
                id -> {
                    people.insert(person(id, SECRET + id).with(EMAIL, null));
                    people.as(keep.session(Author.user(id))).update(id, row -> row.with(FULL_NAME, null));
                },
                id -> keep.session(Author.user(id)).undo(),
                this::erase);
        people.query().list().forEach(record -> erase(record.key())); // Of those whose undo was over before.

        assertThat(people.query().count()).isEqualTo(MOST_READS);
        assertNothingLeft();
    }

    @Test
    void aRestoreAmidAnErasureBringsNothingBack() throws IOException {
        for (int reads = 1; reads <= MOST_READS; reads++) {
            people.insert(person("p" + reads, SECRET + reads));
        }
        Position then = keep.log().head();
        amid("p", id -> people.delete(id), id -> people.restore(then), this::erase);
        people.query().list().forEach(record -> erase(record.key()));

        assertThat(people.query().count()).isEqualTo(MOST_READS);
        assertNothingLeft();
    }

    /** Opens the people with a check that does {@code next}'s on another thread once, when all that a write stands on was read. */
    private Schema<String, Row> watched(AtomicReference<@Nullable Runnable> next) {
        Schema<String, Row> schema = PEOPLE.check(
                "watched",
                row -> {
                    Runnable other = next.getAndSet(null);
                    if (other != null) {
                        elsewhere(other);
                    }
                    return true;
                },
                "It is always met.");
        keep.close();
        keep = RowKeep.open(storage, options());
        people = keep.store(schema);
        return schema;
    }

    @Test
    void aRecordThatComesBackAfterItWasLookedAtIsEmptiedToo() throws IOException {
        AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
        Schema<String, Row> schema = watched(next);
        people.insert(person("p1", SECRET));
        people.delete("p1");
        people.insert(person("p2", SECRET));
        next.set(() -> people.insert(person("p1", SECRET + " again")));

        officer().erase(Subject.of(schema, "p1").and(schema, "p2"));

        assertThat(next).hasValue(null);
        assertThat(people.query().count()).isEqualTo(2);
        assertNothingLeft();
    }

    @Test
    void anUndoThatHasReadTheHistoryDoesNotLandAfterTheErasure() throws IOException {
        AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
        Schema<String, Row> schema = watched(next);
        Session ana = keep.session(Author.user("ana"));
        people.insert(person("p1", SECRET));
        people.as(ana).delete("p1");
        next.set(() -> officer().erase(Subject.of(schema, "p1")));

        CommitResult undone = ana.undo();

        assertThat(next).hasValue(null);
        assertThat(((CommitResult.Committed) undone).erased()).hasSize(2);
        assertThat(people.query().count()).isOne();
        assertNothingLeft();
    }

    @Test
    void aRestoreThatHasReadTheHistoryDoesNotLandAfterTheErasure() throws IOException {
        AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
        Schema<String, Row> schema = watched(next);
        people.insert(person("p1", SECRET));
        Position then = keep.log().head();
        people.delete("p1");
        next.set(() -> officer().erase(Subject.of(schema, "p1")));

        CommitResult restored = people.restore(then);

        assertThat(next).hasValue(null);
        assertThat(((CommitResult.Committed) restored).erased()).hasSize(2);
        assertThat(people.query().count()).isOne();
        assertNothingLeft();
    }

    @Test
    void anUndoEndsTheErasureThatFailedBefore() throws IOException {
        people.insert(person("p1", SECRET).with(EMAIL, null));
        Session ana = keep.session(Author.user("ana"));
        people.as(ana).delete("p1");
        storage.failErasures(1);
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> erase("p1"));

        CommitResult undone = ana.undo();

        assertThat(((CommitResult.Committed) undone).erased())
                .extracting(cell -> cell.column())
                .containsExactly("full_name");
        assertThat(people.get("p1").orElseThrow().value().get(FULL_NAME)).isNull();
        assertNothingLeft();
    }

    @Test
    void undoOfTheErasingCommitBringsNothingBack() throws IOException {
        live();
        eraseAll();

        CommitResult.Committed undone = (CommitResult.Committed) officer().undo();

        assertThat(undone.erased()).hasSize(3);
        assertThat(people.get("p1").orElseThrow().value().get(FULL_NAME)).isNull();
        assertVerified(keep);
        assertThat(holding(SECRET)).isEmpty();
    }

    @Test
    void erasuresOfOneRecordAtTheSameTimeAllComeToTheirEnd() throws Exception {
        live();
        CountDownLatch together = new CountDownLatch(3);
        List<Future<Integer>> erasing = List.of(1, 2, 3).stream()
                .map(any -> threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return eraseAll().records();
                }))
                .toList();

        for (Future<Integer> one : erasing) {
            assertThat(one.get(30, TimeUnit.SECONDS)).isPositive();
        }

        assertThat(notDone()).isZero();
        assertVerified(keep);
        assertThat(holding(SECRET)).isEmpty();
    }

    @Test
    void anErasureThatComesLateLeavesWhatIsNew() {
        live();
        storage.failErasures(1);
        assertThatExceptionOfType(StorageException.class).isThrownBy(this::eraseAll);
        people.update("p1", row -> row.with(FULL_NAME, "New"));

        reopenAll();

        assertThat(people.history("p1", 1).get(0).change().cells())
                .containsExactly(new CellChange("full_name", null, "New"));
        assertVerified(keep);
    }

    @Test
    void erasuresOfOneRecordThatWereCutOffAreEndedTogether() throws IOException {
        live();
        storage.failErasures(2);
        assertThatExceptionOfType(StorageException.class).isThrownBy(this::eraseAll);
        people.update("p1", row -> row.with(FULL_NAME, SECRET + " again"));
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> erase("p1"));
        assertThat(notDone()).isEqualTo(3);

        reopenAll();

        assertThat(notDone()).isZero();
        assertVerified(keep);
        assertThat(holding(SECRET)).isEmpty();
    }

    /** How many erasures the log says that are begun, less those that it says are done. */
    private long notDone() {
        List<Commit> log = keep.log().read(keep.log().start(), Integer.MAX_VALUE);
        return log.stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.store().equals("rowkeep_erasures"))
                .mapToLong(change -> change.kind() == ChangeKind.INSERT ? 1 : -1)
                .sum();
    }

    @Test
    void aCheckThatRefusesARecordWithoutItsValuesRefusesTheErasure() throws IOException {
        Schema<String, Row> reachable = PEOPLE.check("reachable", row -> row.get(EMAIL) != null, "Give an address.");
        keep.close();
        keep = RowKeep.open(storage, options());
        people = keep.store(reachable);
        people.insert(person("p1", SECRET));
        Position head = keep.log().head();

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> officer().erase(Subject.of(reachable, "p1")));

        assertThat(keep.log().head()).isEqualTo(head);
        assertThat(people.history("p1", 1).get(0).change().cells()).noneMatch(cell -> cell.after() == Erased.ERASED);
        reopenAll();
        assertThat(people.get("p1").orElseThrow().value().get(FULL_NAME)).isEqualTo(SECRET);
    }

    @Test
    void aDraftThatStoodOnTheValuesBringsThemNotBack() {
        live();
        VersionedRecord<String, Row> read = people.get("p1").orElseThrow();
        Draft moving = keep.session(Author.user("ana")).draft();
        moving.stage(Edit.update(PEOPLE, read, read.value().with(CITY, "Bern")));
        Draft renaming = keep.session(Author.user("ben")).draft();
        renaming.stage(Edit.update(PEOPLE, read, read.value().with(FULL_NAME, SECRET + " Jr.")));
        eraseAll();

        assertThat(moving.save()).isInstanceOf(CommitResult.Committed.class);
        assertThat(renaming.save()).isInstanceOf(CommitResult.Refused.class);

        Row row = people.get("p1").orElseThrow().value();
        assertThat(row.get(CITY)).isEqualTo("Bern");
        assertThat(row.get(FULL_NAME)).isNull();
        assertVerified(keep);
    }

    @Test
    void nobodyErasesAmidATransactionOfTheirOwn() {
        live();

        assertThatExceptionOfType(ReentrantCallException.class).isThrownBy(() -> keep.inTransaction(tx -> eraseAll()));

        assertThat(people.get("p1").orElseThrow().value().get(FULL_NAME)).startsWith(SECRET);
    }

    @Test
    void whatNoReplicaConfirmsIsErasedAllTheSame() throws IOException {
        live();
        keep.close();
        keep = RowKeep.open(storage, options().confirmedWithin(Duration.ofMillis(10)));
        meet();
        assertThatExceptionOfType(UnconfirmedException.class).isThrownBy(this::eraseAll);
        assertThat(personalCells(people.history("p1", 100))).allMatch(cell -> cell.after() == Erased.ERASED);
        assertThat(notDone()).isZero();
    }

    @Test
    void openingEndsAnErasureWithoutWaitingForAReplica() throws IOException {
        live();
        storage.failErasures(1);
        assertThatExceptionOfType(StorageException.class).isThrownBy(this::eraseAll);
        keep.close();
        long before = System.nanoTime();

        keep = RowKeep.open(storage, options().confirmedWithin(Duration.ofSeconds(20)));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        meet();
        assertThat(notDone()).isZero();
    }
}
