package dev.rowkeep.evidence.kill;

import dev.rowkeep.evidence.Preload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a killed process left to tell.
 *
 * @param call the call at which it was killed; empty if it came to its end before
 * @param acknowledged the lines of its acknowledged writes
 */
record KilledLoad(String call, List<String> acknowledged) {
    private static final int PATIENCE_SECONDS = 120;
    private static final String LAST_WORDS = "killer: killed at ";

    /** Runs the load on the store in {@code directory}, another one than {@code scratch}, until it is killed. */
    static KilledLoad run(Preload killer, Path directory, Path scratch, Kill kill)
            throws IOException, InterruptedException {
        Path full = scratch.resolve("full");
        Files.deleteIfExists(full);
        Path output = scratch.resolve("acknowledged");
        Path messages = scratch.resolve("messages");
        boolean whileOpening = kill.phase() == Phase.REBUILD;
        Map<String, String> environment = new HashMap<>(Map.of(
                "ROWKEEP_KILL_FILES", kill.phase().files(directory),
                "ROWKEEP_KILL_NUMBER", Integer.toString(kill.number()),
                "ROWKEEP_KILL_MOMENT", kill.moment().word()));
        if (!whileOpening) {
            environment.put("ROWKEEP_KILL_FROM", full.toString());
        }
        Load.Course course = whileOpening ? Load.Course.ENDS_WHEN_OPEN : Load.Course.UNTIL_KILLED;
        Process process = killer.process(
                        environment, Load.class, List.of(directory.toString(), full.toString(), course.name()))
                .redirectOutput(output.toFile())
                .redirectError(messages.toFile())
                .start();
        boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.toHandle().destroyForcibly();
        int exit = process.waitFor();
        String call = call(Files.readString(messages));
        if (!hasEnded || (call.isEmpty() && !(whileOpening && exit == 0))) {
            throw new IllegalStateException(
                    "Not killed at " + kill + ", exit " + exit + ": " + Files.readString(messages));
        }
        return new KilledLoad(call, wholeLines(Files.readString(output)));
    }

    private static String call(String messages) {
        int start = messages.lastIndexOf(LAST_WORDS);
        return start < 0 ? "" : messages.substring(start + LAST_WORDS.length()).strip();
    }

    /** The last line may have been cut. */
    static List<String> wholeLines(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
