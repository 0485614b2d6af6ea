package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a Java program in a process of its own whose writes and syncs are recorded. Needs Linux and a C compiler. */
final class Recorder {
    private static final int PATIENCE_MINUTES = 5;

    private final Path library;

    private Recorder(Path library) {
        this.library = library;
    }

    /** Whether this machine can record. */
    static boolean isAvailable() {
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

    /** Compiles the recorder into {@code directory}. */
    static Recorder compile(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("recorder.c");
        try (InputStream text = Recorder.class.getResourceAsStream("/recorder.c")) {
            Files.copy(java.util.Objects.requireNonNull(text), source, StandardCopyOption.REPLACE_EXISTING);
        }
        Path library = directory.resolve("recorder.so");
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
        return new Recorder(library);
    }

    /** Runs {@code program}'s main method to its end and gives what it did below {@code directory}, which must be empty. */
    Trace record(Path directory, Path traceFile, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        Path real = directory.toRealPath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                real.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("LD_PRELOAD", library.toString());
        builder.environment().put("ROWKEEP_TRACED", real.toString());
        builder.environment().put("ROWKEEP_TRACE", traceFile.toString());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    program.getSimpleName() + " did not run to its end; see its messages above");
        }
        return Trace.read(real, traceFile);
    }
}
