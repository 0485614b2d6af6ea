package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.internal.snapshot.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotErasureTest {
    @TempDir
    Path folder;

    /** It may be dropped by anyone after it was looked at and before it is written anew. */
    @Test
    void aFileThatIsGoneHasNothingToErase() throws IOException {
        Path dropped = folder.resolve(SnapshotFolder.newName());
        Path fresh = folder.resolve(SnapshotFolder.newName());

        assertThat(new SnapshotErasure(List.of(), () -> {}).rewritten(dropped, fresh))
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
