package dev.rowkeep.examples.flights;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Analytics over 200,000 flights in DuckDB: they are imported, corrected while they are analysed, compared with what they were, and
 * exported. Each run makes a store of its own in {@code target/flights}.
 */
public final class FlightAnalytics {
    private static final int CORRECTIONS_EACH = 1_000;
    private static final String STORE = "flights.duckdb";

    private final RowKeep keep;
    private final Path folder;
    private final PrintStream out;

    private FlightAnalytics(RowKeep keep, Path folder, PrintStream out) {
        this.keep = keep;
        this.folder = folder;
        this.out = out;
    }

    /** Runs the analysis. */
    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = freshFolder(Path.of("target", "flights"));
        run(folder, new Extent(FlightRows.ALL, CORRECTIONS_EACH), out);
        out.printf("%nEverything is in %s; delete it when you have seen it, or look inside:%n", folder);
        out.printf("   duckdb -readonly %s \"FROM rowkeep_history_flights LIMIT 5\"%n", folder.resolve(STORE));
    }

    private static Path freshFolder(Path parent) throws IOException {
        Files.createDirectories(parent);
        int number = 1;
        while (Files.exists(parent.resolve("run-" + number))) {
            number++;
        }
        return Files.createDirectory(parent.resolve("run-" + number));
    }

    /**
     * How much is done.
     *
     * @param lines how many flights are imported, from the first
     * @param correctionsEach how many corrections each corrector makes
     */
    record Extent(int lines, int correctionsEach) {}

    /** What the analysis found. */
    record Findings(
            FlightImport.Report imported,
            Corrections.Report corrected,
            DelaysByHour then,
            DelaysByHour now,
            List<WhoCorrected> authors,
            ParquetFiles.Sums readBack) {}

    /** Runs the analysis on a new store in {@code folder}. */
    static Findings run(Path folder, Extent extent, PrintStream out) throws InterruptedException, SQLException {
        try (RowKeep keep = RowKeep.open(DuckdbStorage.at(folder.resolve(STORE)))) {
            return new FlightAnalytics(keep, folder, out).analysis(extent);
        }
    }

    private Findings analysis(Extent extent) throws InterruptedException, SQLException {
        out.println("1. Import: every line is judged, what passes lands in atomic batches");
        keep.store(Flight.SCHEMA);
        FlightImport.Report imported =
                FlightImport.run(keep.session(Author.job("import")).because("vega-datasets 3.2.1"), extent.lines());
        imported.print(out);
        Position before = keep.log().head();

        out.printf("%n2. %d correctors on the latest flights, and an analyst on all%n", Corrector.ALL.size());
        Corrections.Report corrected = Corrections.run(keep, imported.accepted(), extent.correctionsEach());
        corrected.print(out);

        out.printf("%n3. Minutes of delay by hour: as of commit %,d, and now%n", before.sequence());
        DelaysByHour then = DelaysByHour.asOf(keep, before);
        DelaysByHour now = DelaysByHour.now(keep);
        now.printAgainst(then, out);

        out.printf("%n4. Who corrected what%n");
        List<WhoCorrected> authors = WhoCorrected.all(keep);
        authors.forEach(author -> author.print(out));

        out.printf("%n5. Parquet, and what plain DuckDB reads in it%n");
        ParquetFiles.Sums readBack = export(now);
        return new Findings(imported, corrected, then, now, authors, readBack);
    }

    private ParquetFiles.Sums export(DelaysByHour now) throws SQLException {
        ParquetFiles files = ParquetFiles.write(keep, folder);
        files.print(out);
        ParquetFiles.Sums sums = files.readBack();
        boolean agree = sums.byHour() == now.total() && sums.byFlight() == now.total();
        out.printf(
                "   %,d minutes in the one, %,d in the other, %,d in the store: %s%n",
                sums.byHour(), sums.byFlight(), now.total(), agree ? "they agree" : "THEY DIFFER");
        return sums;
    }
}
