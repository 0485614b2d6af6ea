package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.ErasedCell;
import dev.rowkeep.erasure.ErasureResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordVersion;
import dev.rowkeep.store.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Erasing what belongs to a person: that nothing of it is left, and that everything else is as it was. */
public abstract class ErasureScenarios extends ErasureRehearsal {
    /** For the fixture's author. */
    protected ErasureScenarios() {}

    @Test
    void valuesAreGoneFromTheRowsAndTheHistoryAndTheRestIsAsItWas() {
        live();
        Position before = keep.log().head();
        List<Long> visits = people.history("p1", 100).stream()
                .flatMap(version -> version.change().cells().stream())
                .filter(cell -> cell.column().equals("visits"))
                .map(cell -> (Long) cell.after())
                .toList();

        ErasureResult result = eraseAll();

        assertThat(result.records()).isEqualTo(2);
        Row row = people.get("p1").orElseThrow().value();
        assertThat(row.get(FULL_NAME)).isNull();
        assertThat(row.get(EMAIL)).isNull();
        assertThat(row.get(CITY)).isEqualTo("Basel");
        assertThat(row.get(VISITS)).isEqualTo(39L);
        assertThat(orders.get(1L).orElseThrow().value().get(ADDRESS)).isNull();
        assertThat(people.get("p2").orElseThrow().value().get(FULL_NAME)).isEqualTo("Ida");
        assertThat(people.asOf(before).get("p1").orElseThrow().value().get(FULL_NAME))
                .isNull();
        assertThat(people.asOf(before).get("p1").orElseThrow().value().get(VISITS))
                .isEqualTo(39L);
        assertThat(people.asOf("p1", at(2)).orElseThrow().value().get(EMAIL)).isNull();
        assertThat(people.asOf("p1", before).orElseThrow().value().get(CITY)).isEqualTo("Basel");
        assertThat(people.asOf(before).get("p2").orElseThrow().value().get(FULL_NAME))
                .isEqualTo("Ida");
        List<RecordVersion> history = people.history("p1", 100);
        assertThat(history).hasSize(41);
        assertThat(personalCells(history)).isNotEmpty().allSatisfy(cell -> {
            assertThat(cell.before()).isEqualTo(Erased.ERASED);
            assertThat(cell.after()).isEqualTo(Erased.ERASED);
        });
        assertThat(history.stream()
                        .flatMap(version -> version.change().cells().stream())
                        .filter(cell -> cell.column().equals("visits"))
                        .map(cell -> (Long) cell.after()))
                .isEqualTo(visits);
        assertThat(personalCells(people.history("p2", 9)))
                .extracting(CellChange::after)
                .contains("Ida");
        assertVerified(keep);
    }

    @Test
    void theHashesStayAndTheLogSaysWhoErasedAndWhen() {
        live();
        List<String> hashes = hashes();

        ErasureResult result = eraseAll();

        assertThat(hashes().subList(0, hashes.size())).isEqualTo(hashes);
        var commit = keep.log().read(at(result.position().sequence() - 1), 1).get(0);
        assertThat(commit.header().author()).isEqualTo(Author.user("officer"));
        assertThat(commit.header().reason()).contains("request 17");
        assertThat(commit.changes())
                .filteredOn(change -> change.store().equals("rowkeep_erasures"))
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(ChangeKind.INSERT));
    }

    private List<String> hashes() {
        return keep.log().read(keep.log().start(), Integer.MAX_VALUE).stream()
                .map(commit -> commit.hash().hex())
                .toList();
    }

    @Test
    void noFileHoldsAByteOfThemAfterwards() throws IOException {
        live();
        keep.snapshots().create("before");
        people.update("p1", row -> row.with(FULL_NAME, SECRET + " again"));
        keep.snapshots().create("later");
        people.delete("p2");

        eraseAll();

        assertThat(holding(SECRET)).as("while it is open").isEmpty();
        reopenAll();
        assertThat(holding(SECRET)).as("after it was opened again").isEmpty();
        assertThat(people.asOf(keep.snapshots().list().get(0).position())
                        .get("p1")
                        .orElseThrow()
                        .value()
                        .get(VISITS))
                .isEqualTo(39L);
        keep.snapshots()
                .list()
                .forEach(snapshot ->
                        assertThat(keep.snapshots().verify(snapshot.name())).isEmpty());
        assertVerified(keep);
        keep.close();
        assertThat(holding(SECRET)).as("closed").isEmpty();
        keep = RowKeep.open(storage, options());
    }

    @Test
    void snapshotsStayWhoseTheyWereAndReadTheSameButForWhatWasErased() {
        live();
        var made = keep.session(Author.user("ana")).snapshots().create("before");
        people.update("p1", row -> row.with(CITY, "Bern"));

        eraseAll();

        assertThat(keep.snapshots().list()).containsExactly(made);
        assertThat(keep.snapshots().verify("before")).isEmpty();
        Row then = people.asOf(made.position()).get("p1").orElseThrow().value();
        assertThat(then.get(CITY)).isEqualTo("Basel");
        assertThat(then.get(FULL_NAME)).isNull();
    }

    @Test
    void whatIsWrittenAfterwardsIsKeptAndErasedByTheNextErasure() throws IOException {
        live();
        eraseAll();

        people.update("p1", row -> row.with(FULL_NAME, "New"));
        Position renamed = keep.log().head();
        people.update("p1", row -> row.with(FULL_NAME, "Newer"));
        reopenAll();

        assertThat(people.asOf("p1", renamed).orElseThrow().value().get(FULL_NAME))
                .isEqualTo("New");
        assertThat(people.history("p1", 1).get(0).change().cells())
                .containsExactly(new CellChange("full_name", "New", "Newer"));
        assertVerified(keep);

        officer().erase(Subject.of(PEOPLE, "p1"));

        assertThat(people.asOf("p1", renamed).orElseThrow().value().get(FULL_NAME))
                .isNull();
        assertThat(holding("Newer")).isEmpty();
        assertVerified(keep);
    }

    @Test
    void aDeletedRecordIsErasedByItsKey() throws IOException {
        live();
        people.delete("p1");

        ErasureResult result = officer().erase(Subject.of(PEOPLE, "p1").and(ORDERS, 1L));

        assertThat(result.records()).isEqualTo(2);
        assertThat(people.get("p1")).isEmpty();
        assertThat(holding(SECRET)).isEmpty();
        assertVerified(keep);
    }

    @Test
    void undoBringsBackTheRestAndSaysWhatWasErased() {
        live();
        Session ana = keep.session(Author.user("ana"));
        people.as(ana).update("p1", row -> row.with(CITY, "Bern").with(FULL_NAME, SECRET + " of Bern"));
        eraseAll();

        CommitResult result = ana.undo();

        assertThat(((CommitResult.Committed) result).erased())
                .containsExactly(new ErasedCell("people", "p1", "full_name"));
        Row row = people.get("p1").orElseThrow().value();
        assertThat(row.get(CITY)).isEqualTo("Basel");
        assertThat(row.get(FULL_NAME)).isNull();
    }

    @Test
    void theErasureItselfCannotBeUndone() {
        live();
        eraseAll();

        CommitResult result = officer().undo();

        assertThat(((CommitResult.Committed) result).erased())
                .extracting(ErasedCell::column)
                .containsExactlyInAnyOrder("full_name", "email", "address");
        assertThat(people.get("p1").orElseThrow().value().get(FULL_NAME)).isNull();
    }

    @Test
    void anUndoneDeleteBringsBackTheRecordWithoutWhatWasErased() {
        live();
        Session ana = keep.session(Author.user("ana"));
        people.as(ana).delete("p1");
        officer().erase(Subject.of(PEOPLE, "p1"));

        CommitResult result = ana.undo();

        assertThat(((CommitResult.Committed) result).erased())
                .extracting(ErasedCell::column)
                .containsExactly("full_name", "email");
        Row row = people.get("p1").orElseThrow().value();
        assertThat(row.get(CITY)).isEqualTo("Basel");
        assertThat(row.get(EMAIL)).isNull();
    }

    @Test
    void aRestoreBringsBackTheRestLeavesWhatIsNewAndSaysWhatWasErased() {
        live();
        Position then = keep.log().head();
        people.update("p1", row -> row.with(CITY, "Bern"));
        people.update("p2", row -> row.with(FULL_NAME, "Ida Meier"));
        eraseAll();
        people.update("p1", row -> row.with(FULL_NAME, "New"));

        CommitResult result = people.restore(then);

        assertThat(((CommitResult.Committed) result).erased())
                .containsExactly(new ErasedCell("people", "p1", "full_name"), new ErasedCell("people", "p1", "email"));
        Row row = people.get("p1").orElseThrow().value();
        assertThat(row.get(CITY)).isEqualTo("Basel");
        assertThat(row.get(FULL_NAME)).isEqualTo("New");
        assertThat(people.get("p2").orElseThrow().value().get(FULL_NAME)).isEqualTo("Ida");
    }

    @Test
    void aRevertLeavesWhatWasErasedAsItIs() {
        live();
        eraseAll();
        people.update("p1", row -> row.with(FULL_NAME, "New").with(CITY, "Bern"));

        people.revert("p1", 3).orThrow();

        Row row = people.get("p1").orElseThrow().value();
        assertThat(row.get(FULL_NAME)).isEqualTo("New");
        assertThat(row.get(EMAIL)).isNull();
        assertThat(row.get(CITY)).isEqualTo("Basel");
        assertThat(row.get(VISITS)).isEqualTo(2L);
        assertThat(people.diff("p1", 3, 42))
                .contains(new CellChange("full_name", Erased.ERASED, "New"))
                .doesNotContain(new CellChange("email", null, null));
    }

    @Test
    void anErasureThatACrashCutOffIsEndedWhenItIsOpenedAgain() throws IOException {
        live();
        storage.failErasures(1);

        assertThatExceptionOfType(StorageException.class).isThrownBy(this::eraseAll);
        assertThat(people.get("p1").orElseThrow().value().get(FULL_NAME)).isNull();
        reopenAll();

        assertThat(personalCells(people.history("p1", 100))).allMatch(cell -> cell.after() == Erased.ERASED);
        assertThat(holding(SECRET)).isEmpty();
        assertVerified(keep);
    }

    @Test
    void aTransactionThatReadWhatWasErasedMeanwhileRunsAgain() throws IOException {
        live();
        List<Long> seen = new ArrayList<>();

        keep.inTransaction(tx -> {
            long matching = tx.on(people)
                    .query()
                    .where(Condition.startsWith(FULL_NAME, SECRET))
                    .count();
            if (seen.isEmpty()) {
                erasedByAnother();
            }
            seen.add(matching);
            tx.on(people).update("p2", row -> row.with(VISITS, matching));
            return null;
        });

        assertThat(seen).containsExactly(1L, 0L);
        assertThat(people.get("p2").orElseThrow().value().get(VISITS)).isZero();
        eraseNothing();
        assertThat(holding(SECRET)).isEmpty();
    }

    /** Where what a transaction reads keeps old bytes in files, the erasure comes to its end after it. */
    private void erasedByAnother() {
        try {
            threads.submit(this::eraseAll).get();
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            busy -> assertThat(busy.kind()).isEqualTo(StorageException.Kind.BUSY));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends what was begun. */
    private void eraseNothing() {
        officer().erase(Subject.where(PEOPLE, Condition.eq(CITY, "nowhere")));
    }

    @Test
    void whatCannotBeErasedIsRefusedAndNothingIsDone() {
        live();
        Position head = keep.log().head();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> officer().erase(Subject.of(PEOPLE, "p1").and(PEOPLE, "nobody")))
                .withMessageContaining("people/nobody");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> officer().erase(Subject.where(templates, Condition.everything())))
                .withMessageContaining("no personal column");
        assertThat(keep.log().head()).isEqualTo(head);
        assertThat(officer()
                        .erase(Subject.where(PEOPLE, Condition.eq(CITY, "nowhere")))
                        .records())
                .isZero();
        assertThat(keep.log().head()).isEqualTo(head);
    }

    @Test
    void aPersonalColumnStaysOneAndOthersDoNotBecomeOne() {
        Column<String> secret = Column.text("city").personal();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reopened(Schema.dynamic("people", PERSON, FULL_NAME, EMAIL, secret, VISITS)))
                .withMessageContaining("city of store people is not personal in the storage");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> reopened(Schema.dynamic("people", PERSON, Column.text("full_name"), EMAIL, CITY, VISITS)))
                .withMessageContaining("full_name of store people is personal in the storage");
    }

    private void reopened(Schema<String, Row> schema) {
        keep.close();
        keep = RowKeep.open(storage, options());
        keep.store(schema);
    }

    @Test
    void editsGoOnBesideAnErasure() {
        live();
        var landing = people.applyAsync(Edit.update(PEOPLE, "p2").add(VISITS, 1L));
        eraseAll();
        landing.join();
        people.apply(Edit.update(PEOPLE, "p2").add(VISITS, 1L)).orThrow();

        assertThat(people.get("p2").orElseThrow().value().get(VISITS)).isEqualTo(2L);
    }
}
