package dev.rowkeep.evidence.crash;

import dev.rowkeep.evidence.Preload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a Java program in a process of its own whose writes and syncs are recorded. Needs Linux and a C compiler. */
final class Recorder {
    private static final int PATIENCE_MINUTES = 5;

    private final Preload library;

    private Recorder(Preload library) {
        this.library = library;
    }

    /** Whether this machine can record. */
    static boolean isAvailable() {
        return Preload.isAvailable();
    }

    /** Compiles the recorder into {@code directory}. */
    static Recorder compile(Path directory) throws IOException, InterruptedException {
        return new Recorder(Preload.compile("recorder", directory));
    }

    /** Runs {@code program}'s main method to its end and gives what it did below {@code directory}, which must be empty. */
    Trace record(Path directory, Path traceFile, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        Path real = directory.toRealPath();
        library.run(real, Map.of("ROWKEEP_TRACE", traceFile.toString()), PATIENCE_MINUTES, program, arguments);
        return Trace.read(real, traceFile);
    }
}
