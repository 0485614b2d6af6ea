package dev.rowkeep.evidence.fuzz;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls, in a process of its own: one target, named by system properties, with one input after the other. */
public final class FuzzProgram {
    static final String TARGET = "rowkeep.fuzz.target";
    static final String DIRECTORY = "rowkeep.fuzz.directory";

    private static @Nullable FuzzTarget opened;

    private FuzzProgram() {}

    /** Opens the target, whose classes are instrumented meanwhile, before any input is timed. */
    public static void fuzzerInitialize() {
        opened = FuzzTargets.valueOf(System.getProperty(TARGET)).open(Path.of(System.getProperty(DIRECTORY)));
    }

    /** Gives one input to the target. */
    public static void fuzzerTestOneInput(byte[] input) {
        Objects.requireNonNull(opened).accept(input);
    }

    /** Lets the target check what all the inputs together have left. */
    public static void fuzzerTearDown() {
        Objects.requireNonNull(opened).close();
    }
}
