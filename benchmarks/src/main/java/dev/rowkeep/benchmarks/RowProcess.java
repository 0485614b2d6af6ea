package dev.rowkeep.benchmarks;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.DiskProbe;
import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.report.RowLines;
import dev.rowkeep.benchmarks.row.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a row in a process of its own: what the virtual machine compiled for one row would make the next one slower, a cached read
 * by half and more after a row that writes.
 */
final class RowProcess {
    /** The command of a process that runs one row. */
    static final String COMMAND = "row";

    private RowProcess() {}

    /** Runs {@code row} in another process. */
    static RowLines start(Row row, Settings settings) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Compare.class.getName(),
                COMMAND));
        command.addAll(settings.options(row.id()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                RowLines read = RowLines.read(lines);
                int code = process.waitFor();
                if (code != 0 && !read.hasFailed()) {
                    throw new IOException("Its process ended with exit code " + code);
                }
                return read;
            }
        } catch (IOException e) {
            return RowLines.failure(row.id(), row.work(), e);
        }
    }

    /**
     * Runs {@code row} in this process. A row that fails in any way, an assertion or a missing native library included, must not hide the
     * others.
     */
    static RowLines run(Row row, Settings settings) throws IOException {
        try (Workspace workspace = new Workspace(settings.directory())) {
            Bench bench = new Bench(
                    settings, workspace, new DiskProbe(workspace.root().resolve("probe")));
            return RowLines.of(row.id(), row.run(bench), settings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return RowLines.failure(row.id(), row.work(), e);
        } catch (Exception | LinkageError e) {
            return RowLines.failure(row.id(), row.work(), e);
        }
    }
}
