package dev.rowkeep.evidence.kill;

import dev.rowkeep.evidence.Preload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a killed load left to tell.
 *
 * @param call the call at which it was killed; empty if it came to its end before
 * @param acknowledged the lines of its acknowledged writes
 */
record KilledLoad(String call, List<String> acknowledged) {
    /** Runs the load on the store in {@code directory}, another one than {@code scratch}, until it is killed. */
    static KilledLoad run(Preload killer, Path directory, Path scratch, Kill<Phase> kill)
            throws IOException, InterruptedException {
        Path full = scratch.resolve("full");
        Files.deleteIfExists(full);
        boolean whileOpening = kill.phase() == Phase.REBUILD;
        Load.Course course = whileOpening ? Load.Course.ENDS_WHEN_OPEN : Load.Course.UNTIL_KILLED;
        KilledProcess killed = KilledProcess.run(
                killer,
                directory,
                scratch,
                kill,
                whileOpening ? Optional.empty() : Optional.of(full),
                Load.class,
                List.of(directory.toString(), full.toString(), course.name()));
        if (killed.call().isEmpty() && !whileOpening) {
            throw new IllegalStateException("The load ended before it was killed at " + kill);
        }
        return new KilledLoad(killed.call(), killed.lines());
    }
}
