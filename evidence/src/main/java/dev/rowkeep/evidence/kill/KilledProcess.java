package dev.rowkeep.evidence.kill;

import dev.rowkeep.evidence.Preload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a killed process left to tell.
 *
 * @param call the call at which it was killed; empty if it came to its end before
 * @param lines what it wrote on standard output, without a last line that was cut
 */
record KilledProcess(String call, List<String> lines) {
    private static final int PATIENCE_SECONDS = 120;
    private static final String LAST_WORDS = "killer: killed at ";

    /**
     * Runs a program on {@code directory} until it is killed or ends by itself.
     *
     * @param scratch another directory, for what it writes
     * @param from the file from whose opening on calls are counted; from the start if it is empty
     */
    static KilledProcess run(
            Preload killer,
            Path directory,
            Path scratch,
            Kill<?> kill,
            Optional<Path> from,
            Class<?> program,
            List<String> arguments)
            throws IOException, InterruptedException {
        Path output = scratch.resolve("said");
        Path messages = scratch.resolve("messages");
        Map<String, String> environment = new HashMap<>(Map.of(
                "ROWKEEP_KILL_FILES", kill.phase().files(directory),
                "ROWKEEP_KILL_NUMBER", Integer.toString(kill.number()),
                "ROWKEEP_KILL_MOMENT", kill.moment().word()));
        from.ifPresent(file -> environment.put("ROWKEEP_KILL_FROM", file.toString()));
        boolean hasEnded;
        int exit;
        try (Scrap scrap = Scrap.make()) {
            Process process = scrap.of(killer.process(environment, program, arguments))
                    .redirectOutput(output.toFile())
                    .redirectError(messages.toFile())
                    .start();
            hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.toHandle().destroyForcibly();
            exit = process.waitFor();
        }
        String call = call(Files.readString(messages));
        if (!hasEnded || (call.isEmpty() && exit != 0)) {
            throw new IllegalStateException(
                    "Not killed at " + kill + ", exit " + exit + ": " + Files.readString(messages));
        }
        return new KilledProcess(call, wholeLines(Files.readString(output)));
    }

    private static String call(String messages) {
        int start = messages.lastIndexOf(LAST_WORDS);
        return start < 0 ? "" : messages.substring(start + LAST_WORDS.length()).strip();
    }

    static List<String> wholeLines(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
