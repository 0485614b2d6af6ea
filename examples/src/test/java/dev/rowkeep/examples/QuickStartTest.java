package dev.rowkeep.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour once, with a short crowd; each test looks at one station. */
class QuickStartTest {
    private static final int ROWS = 3_201;
    private static final int REJECTED = 26;
    private static final int LINES_AT_MOST = 60;

    /** So many that a few dozen closures lose a race, however slow the machine; a time would not do. */
    private static final int VOTES = 600;

    @TempDir
    static Path folder;

    private static QuickStart.Tour tour;
    private static String printed;

    @BeforeAll
    static void runTheTour() throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        AtomicInteger left = new AtomicInteger(VOTES);
        tour = QuickStart.run(file(), () -> () -> left.getAndDecrement() > 0, out);
        LookInside.print(file(), out);
        printed = bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyRowIsAcceptedOrRejected() {
        ImportReport imported = tour.imported();

        assertThat(FilmRows.read()).hasSize(ROWS);
        assertThat(imported.rows()).isEqualTo(ROWS);
        assertThat(imported.rejected()).isEqualTo(REJECTED);
        assertThat(imported.accepted()).isEqualTo(ROWS - REJECTED);
        assertThat(imported.commits()).isEqualTo(16);
    }

    @Test
    void verdictsAreGroupedByWhatWasDoneAndByWhatWasBroken() {
        assertThat(tour.imported().coercions())
                .containsEntry("title: written as text", 9)
                .containsEntry("released: parsed from text", 3_179)
                .hasSize(2);
        assertThat(tour.imported().refusals())
                .hasEntrySatisfying(
                        "title, rule required",
                        films -> assertThat(films)
                                .extracting(ImportReport.Refusal::id)
                                .containsExactly("film-3054"))
                .hasEntrySatisfying(
                        "released, rule max", films -> assertThat(films).hasSize(22))
                .hasEntrySatisfying(
                        "certificate, rule oneOf", films -> assertThat(films).hasSize(2))
                .hasEntrySatisfying(
                        "budget, rule min", films -> assertThat(films).hasSize(1))
                .hasSize(4);
    }

    @Test
    void noVoteOfTheCrowdIsLost() {
        CrowdReport crowd = tour.crowd();

        assertThat(crowd.work().votes()).isPositive();
        assertThat(crowd.votesFound()).isEqualTo(crowd.work().votes());
        assertThat(crowd.work().forms()).isPositive();
    }

    @Test
    void theStoreVerifies() {
        assertThat(tour.verification().problem()).isEmpty();
        assertThat(tour.verification().records()).isEqualTo(tour.imported().accepted());
        assertThat(tour.verification().commits())
                .isGreaterThanOrEqualTo(tour.imported().commits() + tour.crowd().commits());
    }

    @Test
    void theConflictIsAnsweredAndTheRevertLeavesNothing() {
        assertThat(printed)
                .contains("columns minutes, genre")
                .contains("version 3: 129 min, Drama, New Line")
                .contains("it is v4 now, and 0 cells differ from v1");
    }

    @Test
    void theOutputFitsOnAScreenAndNamesTheFile() {
        assertThat(printed.lines()).hasSizeLessThanOrEqualTo(LINES_AT_MOST);
        assertThat(printed).contains(file().toString());
    }

    @Test
    void theStatementsThatItPrintsAnswerOnTheFile() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : LookInside.STATEMENTS) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    assertThat(rows.next()).as(sql).isTrue();
                }
            }
        }
    }

    private static Path file() {
        return folder.resolve("films.db");
    }
}
