package dev.rowkeep.evidence.mutant;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles one source with a bug in it and runs one test, in a process of its own, with that class before the right one on the class
 * path. Nothing in the project is changed.
 */
final class Laboratory {
    /** How long the right code may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** With a bug, a test that takes thrice its time and this waits for what never comes. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private static final int HUNG = -1;

    private final Path root;
    private final Path workspace;

    /** What a test made of a bug. */
    enum Verdict {
        /** The test failed. */
        CAUGHT,
        /** The test did not come to its end: writers waited for what the bug took away. */
        CAUGHT_HANGING,
        /** The test passed: nobody would notice. */
        SURVIVED,
        /** The test fails without the bug too. */
        FAILS_ANYWAY,
        /** There is no such test, or it cannot run here. */
        NOT_RUN
    }

    Laboratory(Path root, Path workspace) {
        this.root = root;
        this.workspace = workspace;
    }

    /** Runs the test that must catch {@code mutant}, without and with the bug. */
    Verdict tryOut(Mutant mutant) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(workspace.resolve(mutant.name()));
        String classPath = classPath(mutant);
        long started = System.nanoTime();
        int control = run(mutant, directory, classPath, PATIENCE);
        Duration time = Duration.ofNanos(System.nanoTime() - started);
        if (control != NamedTest.PASSED) {
            return control == NamedTest.NOT_RUN ? Verdict.NOT_RUN : Verdict.FAILS_ANYWAY;
        }
        String withBug = compile(mutant, directory) + File.pathSeparator + classPath;
        return switch (run(mutant, directory, withBug, time.multipliedBy(3).plus(GRACE))) {
            case NamedTest.PASSED -> Verdict.SURVIVED;
            case HUNG -> Verdict.CAUGHT_HANGING;
            default -> Verdict.CAUGHT;
        };
    }

    private Path compile(Mutant mutant, Path directory) throws IOException {
        Path source = directory.resolve(Path.of(mutant.source()).getFileName());
        Files.write(source, mutant.planted(root));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("--release", "17", "-proc:none", "-nowarn", "-cp", classPath(mutant), "-d", classes.toString());
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiles = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiles) {
                throw new IllegalStateException("The mutant " + mutant + " does not compile: " + messages);
            }
        }
        return classes;
    }

    private static int run(Mutant mutant, Path directory, String classPath, Duration patience)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-Djqwik.database=" + directory.resolve("jqwik"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath, NamedTest.class.getName(), mutant.testClass(), mutant.testMethod()));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            return HUNG;
        }
        return process.exitValue();
    }

    private String classPath(Mutant mutant) {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return root.resolve(mutant.module()).resolve("target/test-classes") + File.pathSeparator + own;
    }
}
