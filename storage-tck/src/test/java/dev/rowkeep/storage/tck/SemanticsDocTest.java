package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The written semantics table and the tested one have the same lines. */
final class SemanticsDocTest {
    private static final Path TABLE = Path.of("..", "docs", "semantics.md");

    @Test
    void everyLineOfTheTableIsATestAndEveryTestALine() throws IOException {
        List<String> lines = new ArrayList<>();
        Matcher line = Pattern.compile("(?m)^\\| `(\\w+)` \\|").matcher(Files.readString(TABLE));
        while (line.find()) {
            lines.add(line.group(1));
        }
        List<String> tests = Stream.of(
                        OrderSemanticsContract.class, ConditionSemanticsContract.class, GroupScenarios.class)
                .flatMap(suite -> Arrays.stream(suite.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .toList();
        assertThat(lines).containsExactlyInAnyOrderElementsOf(tests);
    }
}
