package dev.rowkeep.evidence.mutant;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final int PATIENCE_SECONDS = 30;

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
        /** There is no such test. */
        NO_TEST
    }

    Laboratory(Path root, Path workspace) {
        this.root = root;
        this.workspace = workspace;
    }

    /** Runs the test that must catch {@code mutant}, with the bug in. */
    Verdict tryOut(Mutant mutant) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(workspace.resolve(mutant.name()));
        return run(mutant, directory, compile(mutant, directory) + File.pathSeparator);
    }

    /** Runs the test that must catch {@code mutant}, without the bug. */
    Verdict control(Mutant mutant) throws IOException, InterruptedException {
        return run(mutant, Files.createDirectories(workspace.resolve(mutant.name() + "-control")), "");
    }

    private Path compile(Mutant mutant, Path directory) throws IOException {
        Path source = directory.resolve(Path.of(mutant.source()).getFileName());
        Files.write(source, mutant.planted(root));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "--release", "17", "-proc:none", "-nowarn", "-cp", classPath(mutant), "-d", classes.toString());
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiles = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiles) {
                throw new IllegalStateException("The mutant " + mutant + " does not compile: " + messages);
            }
        }
        return classes;
    }

    private Verdict run(Mutant mutant, Path directory, String before) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-Djqwik.database=" + directory.resolve("jqwik"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp", before + classPath(mutant), NamedTest.class.getName(), mutant.testClass(), mutant.testMethod()));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return Verdict.CAUGHT_HANGING;
        }
        return switch (process.exitValue()) {
            case NamedTest.PASSED -> Verdict.SURVIVED;
            case NamedTest.FAILED -> Verdict.CAUGHT;
            default -> Verdict.NO_TEST;
        };
    }

    private String classPath(Mutant mutant) {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return root.resolve(mutant.module()).resolve("target/test-classes") + File.pathSeparator + own;
    }
}
