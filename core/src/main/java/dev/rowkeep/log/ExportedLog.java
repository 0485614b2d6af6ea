package dev.rowkeep.log;

import dev.rowkeep.commit.Position;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that holds a stretch of the log.
 *
 * @param path where it is
 * @param commits how many commits it holds something of
 * @param changes how many changes it holds, one a line
 * @param bytes how long it is
 * @param first the first commit that it holds something of; empty if there is none
 * @param last the last one
 * @param upTo the place up to which the log was looked through; the next export goes on after it
 */
public record ExportedLog(
        Path path,
        long commits,
        long changes,
        long bytes,
        Optional<Position> first,
        Optional<Position> last,
        Position upTo) {}
