package dev.rowkeep.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRecordTest {
    @Test
    void theReadmeShowsTheProgramThatIsCompiledAndItIsShort() {
        String shown = Snippets.inDocument("README.md", "first-record");

        assertThat(shown).isEqualTo(Snippets.inSource(FirstRecord.class, "first-record"));
        assertThat(shown.lines()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void itPrintsAHistoryThatGoesOnWhenItIsRunAgain(@TempDir Path folder) throws Exception {
        assertThat(run(folder)).hasSize(2).first().asString().startsWith("2 ").contains("before=10", "after=15");
        assertThat(run(folder)).hasSize(3).first().asString().startsWith("3 ").contains("before=15", "after=20");
    }

    /** In a process of its own, because the program names its file relative to where it is run. */
    private static List<String> run(Path folder) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstRecord.class.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        return printed.lines().toList();
    }
}
