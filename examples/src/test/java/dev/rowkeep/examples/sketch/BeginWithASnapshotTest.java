package dev.rowkeep.examples.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.examples.Snippets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second program and its output in the page on replicas. */
final class BeginWithASnapshotTest {
    @Test
    void theReplicaBeginsWhereTheSnapshotIs(@TempDir Path directory) {
        assertThat(Snippets.inDocument("docs/replicas.md", "bootstrap"))
                .isEqualTo(Snippets.inSource(BeginWithASnapshot.class, "bootstrap"));
        assertThat(String.join("\n", BeginWithASnapshot.run(directory)))
                .isEqualTo(Snippets.outputInDocument("docs/replicas.md", "bootstrap"));
    }
}
