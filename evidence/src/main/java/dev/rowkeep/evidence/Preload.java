package dev.rowkeep.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A library in C that stands between a Java program and the system, for files below one directory. Needs Linux and a C compiler. */
public final class Preload {
    private final Path library;

    private Preload(Path library) {
        this.library = library;
    }

    /** Whether this machine can preload. */
    public static boolean isAvailable() {
        try {
            return System.getProperty("os.name").equals("Linux")
                    && new ProcessBuilder("gcc", "--version")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Compiles the resource {@code name}{@code .c} into {@code directory}. */
    public static Preload compile(String name, Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(name + ".c");
        try (InputStream text = Preload.class.getResourceAsStream("/" + name + ".c")) {
            Files.copy(Objects.requireNonNull(text), source, StandardCopyOption.REPLACE_EXISTING);
        }
        Path library = directory.resolve(name + ".so");
        Process compiler = new ProcessBuilder(
                        "gcc",
                        "-O2",
                        "-Wall",
                        "-Werror",
                        "-shared",
                        "-fPIC",
                        "-o",
                        library.toString(),
                        source.toString())
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new IllegalStateException("gcc cannot compile " + source + "; its messages are above");
        }
        return new Preload(library);
    }

    /** Runs {@code program}'s main method to its end in a process of its own. Its first argument is {@code traced}, a real path. */
    public void run(
            Path traced, Map<String, String> environment, int patienceMinutes, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(traced.toString()));
        all.addAll(arguments);
        ProcessBuilder builder = process(environment, program, all).inheritIO();
        builder.environment().put("ROWKEEP_TRACED", traced.toString());
        Process process = builder.start();
        if (!process.waitFor(patienceMinutes, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    program.getSimpleName() + " did not run to its end; see its messages above");
        }
    }

    /** A process of {@code program}'s main method, not started yet. */
    public ProcessBuilder process(Map<String, String> environment, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.log.dev.rowkeep=off",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LD_PRELOAD", library.toString());
        builder.environment().putAll(environment);
        return builder;
    }
}
