package dev.rowkeep.evidence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.evidence.InMemory;
import dev.rowkeep.evidence.Preload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes, syncs, truncations, opens, reads and mappings fail one after the other under a store, once and from then on. */
final class InjectedFaultsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int STEP = Integer.getInteger("rowkeep.faults.step", IS_LONG ? 1 : 150);
    private static final int FAULTS_ON_DUCKDB = Integer.getInteger("rowkeep.faults", 4);
    private static final int PROCESSES = IS_LONG ? Runtime.getRuntime().availableProcessors() : 1;
    private static final int PATIENCE_MINUTES = 30;
    private static final int LONG_PATIENCE_MINUTES = 600;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void everyFaultIsToldAsItIsAndLosesNothingAcknowledgedOnSqlite() throws Exception {
        run(Engine.SQLITE, "every", STEP);
    }

    /** One life of a store takes most of a second there, so the short form meets only a few. */
    @Test
    void everyFaultIsToldAsItIsAndLosesNothingAcknowledgedOnDuckdb() throws Exception {
        if (IS_LONG) {
            run(Engine.DUCKDB, "every", STEP);
        } else {
            run(Engine.DUCKDB, "some", FAULTS_ON_DUCKDB);
        }
    }

    private void run(Engine engine, String which, int number) throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: injecting faults needs Linux and gcc");
        Preload faults = Preload.compile("faults", directory);
        ExecutorService shares = Executors.newFixedThreadPool(PROCESSES);
        List<String> lines = new ArrayList<>();
        try {
            List<Callable<List<String>>> reports = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                int share = i;
                reports.add(() -> report(faults, share, engine, which, number));
            }
            for (Future<List<String>> report : shares.invokeAll(reports)) {
                lines.addAll(report.get());
            }
        } finally {
            shares.shutdownNow();
        }
        System.out.println("Injected faults on " + engine + ", seed " + SEED + ":");
        lines.stream().filter(line -> !line.startsWith("BAD")).forEach(System.out::println);
        assertThat(lines).filteredOn(line -> line.startsWith("BAD")).isEmpty();
        assertThat(lines).hasSizeGreaterThan(which.equals("some") ? 1 : Fault.Call.values().length);
    }

    /** What a process says that tries its share of the kinds of faults. */
    private List<String> report(Preload faults, int share, Engine engine, String which, int number) throws Exception {
        Path traced = Files.createDirectory(directory.resolve("traced" + share)).toRealPath();
        Path control = Files.write(directory.resolve("control" + share), new byte[FaultControl.BYTES]);
        Path report = directory.resolve("report" + share);
        faults.run(
                traced,
                Map.of("ROWKEEP_FAULTS", control.toString()),
                IS_LONG ? LONG_PATIENCE_MINUTES : PATIENCE_MINUTES,
                FaultRuns.class,
                List.of(
                        control.toString(),
                        engine.name(),
                        Long.toString(SEED),
                        report.toString(),
                        which,
                        Integer.toString(number),
                        Integer.toString(share),
                        Integer.toString(PROCESSES)));
        return Files.readAllLines(report);
    }
}
