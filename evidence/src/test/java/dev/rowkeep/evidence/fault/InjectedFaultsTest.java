package dev.rowkeep.evidence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.Preload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes, syncs, truncations, opens, reads and mappings fail one after the other under a store, once and from then on. */
final class InjectedFaultsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int STEP = Integer.getInteger("rowkeep.faults.step", IS_LONG ? 1 : 60);
    private static final int PATIENCE_MINUTES = 30;

    @TempDir
    Path directory;

    @Test
    void everyFaultIsToldAsItIsAndLosesNothingAcknowledged() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: injecting faults needs Linux and gcc");
        Path traced = Files.createDirectory(directory.resolve("traced")).toRealPath();
        Path control = Files.write(directory.resolve("control"), new byte[FaultControl.BYTES]);
        Path report = directory.resolve("report");
        Preload.compile("faults", directory)
                .run(
                        traced,
                        Map.of("ROWKEEP_FAULTS", control.toString()),
                        PATIENCE_MINUTES,
                        FaultRuns.class,
                        List.of(control.toString(), Long.toString(SEED), Integer.toString(STEP), report.toString()));
        List<String> lines = Files.readAllLines(report);
        System.out.println("Injected faults, seed " + SEED + ":");
        lines.stream().filter(line -> !line.startsWith("BAD")).forEach(System.out::println);
        assertThat(lines).filteredOn(line -> line.startsWith("BAD")).isEmpty();
        assertThat(lines).hasSizeGreaterThan(Fault.Call.values().length);
    }
}
