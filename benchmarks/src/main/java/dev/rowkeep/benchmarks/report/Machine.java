package dev.rowkeep.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Where a run took place, and with what. */
public final class Machine {
    private Machine() {}

    /** Lines for a report of a run that keeps its files in {@code directory}. */
    public static List<String> describe(Path directory) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        FileStore disk = Files.getFileStore(directory);
        return List.of(
                "machine: " + runtime.availableProcessors() + " cores, " + property("os.name") + " "
                        + property("os.version") + " " + property("os.arch"),
                "JVM: " + property("java.vm.name") + " " + property("java.runtime.version") + ", heap up to "
                        + runtime.maxMemory() / (1 << 20) + " MiB",
                "files: " + directory + " on " + disk.type() + " (" + disk.name() + ")",
                "versions: " + versions(),
                "commit: " + git("rev-parse", "HEAD")
                        + (git("status", "--porcelain").isEmpty() ? "" : " with changes"));
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String versions() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = Machine.class.getResourceAsStream("/versions.properties")) {
            if (in != null) {
                versions.load(in);
            }
        }
        TreeMap<Object, Object> sorted = new TreeMap<>(versions);
        return sorted.isEmpty() ? "unknown" : sorted.toString();
    }

    /** What git says about the working directory; "unknown" where it says nothing. */
    private static String git(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
