package dev.rowkeep.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Files in memory where the system has such a place, for tests to which it does not matter what a disk really holds. */
public final class InMemory implements TempDirFactory {
    private static final Path PLACE = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Files.isWritable(PLACE)
                ? Files.createTempDirectory(PLACE, "rowkeep")
                : Files.createTempDirectory("rowkeep");
    }
}
