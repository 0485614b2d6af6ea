package dev.rowkeep.examples.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk once; each test looks at what one step says. */
class FilmAuditTest {
    private static final int WIDEST_LINE = 120;

    @TempDir
    static Path folder;

    private static String printed;

    @BeforeAll
    static void takeTheWalk() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FilmAudit.run(folder, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        printed = bytes.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
    }

    @Test
    void bothEditBothFilms() {
        assertThat(printed)
                .contains("3,175 films are imported")
                .contains("09:10 ana film-2826 v2 minutes 121 → 129")
                .contains("09:40 ben film-2826 v3 minutes 129 → 117");
    }

    @Test
    void anUndoKeepsWhatTheOtherDid() {
        assertThat(printed).contains("on the shelf Thriller/Suspense again, and still Ben's: distributor Fox");
    }

    @Test
    void anUndoOfACellThatTheOtherChangedIsAConflictAndWritesNothing() {
        assertThat(printed)
                .contains("what is there, by ben\n minutes 129 121 117")
                .contains("Spider-Man stays at Ben's 117 minutes");
    }

    @Test
    void theImportIsGroupedAsThePresentIs() {
        assertThat(printed)
                .contains("Concert/Performance 5 → 0")
                .contains("Documentary 42 → 47")
                .contains("the other 11 shelves are as they were");
    }

    @Test
    void whatWasTakenBackIsNoDifference() {
        assertThat(printed)
                .contains("Titanic v1 → v4 distributor Paramount Pictures → Fox\n")
                .contains("Spider-Man v1 → v3 minutes 121 → 117")
                .containsPattern("U2 3D v1 → v2 genre Concert/Performance → Documentary");
    }

    @Test
    void everyCellHasWhoSetIt() {
        assertThat(printed)
                .contains("title v1 by import at 09:00: vega-datasets 3.2.1")
                .contains("genre v4 by ana at 10:00: undo of commit 18")
                .contains("distributor v3 by ben at 09:30: as released abroad");
    }

    @Test
    void theLogIsAskedByAuthorTimeAndColumn() {
        assertThat(printed)
                .contains("by ana 09:10 ana film-2826, 09:20 ana film-2971, 10:00 ana film-2971\n")
                .contains("from 09:30 until 10:00 09:30 ben film-2971, 09:40 ben film-2826\n")
                .contains("shelves, by people 09:20 ana film-2971, 10:00 ana film-2971\n")
                .contains("shelves, by jobs since 11:00 shelves 5 films\n");
    }

    @Test
    void theFileHoldsTheDayAndItsHashIsTheAnchors() throws IOException {
        assertThat(printed).contains("10 changes of 6 commits in day.jsonl").contains("its hash is the anchor's: yes");
        assertThat(Files.readAllLines(folder.resolve("day.jsonl"))).hasSize(10);
    }

    @Test
    void whatIsOldGoesAndTheClosedDayStays() {
        assertThat(printed)
                .containsPattern("[0-9]+ commits are dropped")
                .contains("the closed day: 194 minutes; today: 195 minutes")
                .contains("the import: not held any more")
                .contains("the chain: verifies over the cut");
    }

    @Test
    void aDirectorsNameIsErasedAndTheLogVerifies() {
        assertThat(printed)
                .contains("films by James Cameron: 7")
                .contains("erased it from 7 records; films by James Cameron: 0")
                .contains("left of it: director erased → erased, director erased → erased")
                .contains("Ana's undo brings back nothing of it: film-2971 director")
                .contains("the closed day's snapshot: verifies; the chain: verifies");
    }

    @Test
    void eachLineFitsOnAScreen() {
        assertThat(printed.lines()).allMatch(line -> line.length() <= WIDEST_LINE);
    }

    @Test
    void aDayIsClosedUnderAName() {
        assertThat(printed)
                .contains("snapshot friday: 3,175 films, by ana")
                .contains("since then: Titanic minutes 194 → 195")
                .contains("then: 194 minutes");
    }

    @Test
    void aBackupIsRestored() {
        assertThat(printed).containsPattern("restored: 3,175 films, Titanic in version 5; wrong with its log: nothing");
    }

    @Test
    void aReplicaOnDuckdbAnswers() {
        assertThat(printed)
                .containsPattern("Warner Bros. \\d+ films, half of them longer than \\d+ minutes")
                .contains("it is the same log: yes");
    }
}
