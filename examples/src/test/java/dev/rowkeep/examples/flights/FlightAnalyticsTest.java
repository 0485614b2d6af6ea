package dev.rowkeep.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The analysis once, of the first lines only; each test looks at one station. */
class FlightAnalyticsTest {
    private static final int LINES = 5_000;
    private static final int CORRECTIONS_EACH = 100;
    private static final int LINES_PRINTED_AT_MOST = 50;

    @TempDir
    static Path folder;

    private static final Map<Long, Long> DELAYS_BY_HOUR = new TreeMap<>();
    private static int believable;
    private static FlightAnalytics.Findings findings;
    private static String printed;

    @BeforeAll
    static void runTheAnalysis() throws Exception {
        FlightRows.read(LINES, FlightAnalyticsTest::count);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        findings = FlightAnalytics.run(
                folder,
                new FlightAnalytics.Extent(LINES, CORRECTIONS_EACH),
                new PrintStream(bytes, true, StandardCharsets.UTF_8));
        printed = bytes.toString(StandardCharsets.UTF_8);
    }

    private static void count(Map<String, String> row) {
        long delay = Long.parseLong(row.get("delay"));
        if (delay >= -60 && delay <= 600) {
            believable++;
            DELAYS_BY_HOUR.merge((long) Double.parseDouble(row.get("time")), delay, Long::sum);
        }
    }

    @Test
    void everyLineIsAcceptedOrRejected() {
        FlightImport.Report imported = findings.imported();

        assertThat(imported.lines()).isEqualTo(LINES);
        assertThat(imported.accepted()).isEqualTo(believable).isLessThan(LINES);
        assertThat(imported.reasons()).containsOnly(Map.entry("delay, rule max", LINES - believable));
        assertThat(imported.commits()).isEqualTo(5);
    }

    @Test
    void noAnalysisMissesAFlightOrACorrection() {
        Corrections.Report corrected = findings.corrected();

        assertThat(corrected.edits()).isEqualTo((long) CORRECTIONS_EACH * Corrector.ALL.size());
        assertThat(corrected.analyst().queries()).isPositive();
        assertThat(corrected.analyst().wrong()).isZero();
    }

    @Test
    void thePastIsWhatWasPublishedAndThePresentIsThatWithoutWhatWasTakenOff() {
        assertThat(findings.then().minutes()).isEqualTo(DELAYS_BY_HOUR);
        assertThat(findings.now().minutes()).hasSameSizeAs(DELAYS_BY_HOUR);
        assertThat(findings.corrected().minutes()).isPositive();
        assertThat(findings.now().total())
                .isEqualTo(findings.then().total() - findings.corrected().minutes());
    }

    @Test
    void theHistoryTellsWhoTookOffHowMuch() {
        assertThat(findings.authors())
                .extracting(WhoCorrected::author)
                .containsExactly("ana", "ben", "cleo", "tower-clock");
        assertThat(findings.authors())
                .allSatisfy(author -> assertThat(author.corrections()).isEqualTo(CORRECTIONS_EACH));
        assertThat(findings.authors().get(3))
                .extracting(WhoCorrected::origin, WhoCorrected::minutes)
                .containsExactly("JOB", -3L * CORRECTIONS_EACH);
        assertThat(findings.authors().stream().mapToLong(WhoCorrected::minutes).sum())
                .isEqualTo(-findings.corrected().minutes());
    }

    @Test
    void plainDuckdbReadsTheSameSums() {
        long total = findings.now().total();

        assertThat(findings.readBack()).isEqualTo(new ParquetFiles.Sums(total, total));
        assertThat(folder).isDirectoryContaining("glob:**.parquet");
    }

    @Test
    void theOutputFitsOnAScreenAndClaimsWhatWasFound() {
        assertThat(printed.lines()).hasSizeLessThanOrEqualTo(LINES_PRINTED_AT_MOST);
        assertThat(printed).contains("they agree").doesNotContain("THEY DIFFER", "THIS MUST NOT BE");
    }
}
