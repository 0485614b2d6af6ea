package dev.rowkeep.examples.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.examples.Snippets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program and its output in the page on replicas. */
final class WriteHereAskThereTest {
    @Test
    void theReplicaAnswersTheGroupByAndTakesOver(@TempDir Path directory) throws InterruptedException {
        assertThat(Snippets.inDocument("docs/replicas.md", "replica"))
                .isEqualTo(Snippets.inSource(WriteHereAskThere.class, "replica"));
        assertThat(String.join("\n", WriteHereAskThere.run(directory)))
                .isEqualTo(Snippets.outputInDocument("docs/replicas.md", "replica"));
    }
}
