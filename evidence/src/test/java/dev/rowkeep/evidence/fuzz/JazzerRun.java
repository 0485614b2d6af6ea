package dev.rowkeep.evidence.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer in a process of its own, which makes inputs of those of the corpus and keeps what reaches code that none has reached before.
 * It needs no JUnit there.
 *
 * @param executions how many inputs were tried
 * @param findings what the target threw, or why Jazzer ended; empty if nothing was found
 * @param directory where the log, the inputs that led to findings, and those that reached new code are
 */
record JazzerRun(long executions, List<String> findings, Path directory) {
    /** How long one input may take. */
    private static final int MOST_SECONDS = 25;

    /** A pattern is made by the application; that it is made of input is what is tried here. */
    private static final String REGULAR_EXPRESSIONS = "com.code_intelligence.jazzer.sanitizers.RegexInjection";

    private static final int MOST_BYTES = 4096;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern FINDING = Pattern.compile("== Java Exception: .*|==\\d+== ERROR: .*");

    /** Lets {@code target} be fuzzed for so long, from {@code corpus} on. */
    static JazzerRun of(FuzzTargets target, Path corpus, Path directory, long seed, int seconds)
            throws IOException, InterruptedException {
        Path found = Files.createDirectories(directory.resolve("corpus"));
        Path storages = Files.createDirectories(directory.resolve("storages"));
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dfile.encoding=UTF-8",
                "-Dsun.jnu.encoding=UTF-8",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-D" + FuzzProgram.TARGET + "=" + target.name(),
                "-D" + FuzzProgram.DIRECTORY + "=" + storages));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzProgram.class.getName(),
                "--instrumentation_includes=dev.rowkeep.**",
                "--instrumentation_excludes=dev.rowkeep.evidence.**",
                "--disabled_hooks=" + REGULAR_EXPRESSIONS,
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-seed=" + (seed & Integer.MAX_VALUE),
                "-max_total_time=" + seconds,
                "-max_len=" + MOST_BYTES,
                "-timeout=" + MOST_SECONDS,
                "-print_final_stats=1",
                found.toString(),
                corpus.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        boolean ended = process.waitFor(seconds + PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        return new JazzerRun(executions(log), findings(log, ended ? process.exitValue() : -1), directory);
    }

    private static List<String> findings(Path log, int exit) throws IOException {
        List<String> findings = new ArrayList<>();
        for (String line : lines(log)) {
            if (FINDING.matcher(line).matches()) {
                findings.add(line);
            }
        }
        if (exit != 0 && findings.isEmpty()) {
            findings.add("Jazzer ended with " + exit);
        }
        return findings;
    }

    private static long executions(Path log) throws IOException {
        long executions = 0;
        for (String line : lines(log)) {
            Matcher found = EXECUTIONS.matcher(line);
            executions = found.find() ? Long.parseLong(found.group(1)) : executions;
        }
        return executions;
    }

    /** The log quotes inputs, so it need not be UTF-8. */
    private static List<String> lines(Path log) throws IOException {
        return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    }
}
