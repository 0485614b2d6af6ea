package dev.rowkeep.evidence.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.mutant.Laboratory.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests are tested: each bug in the list is planted and must be caught by the test that the list names. */
final class MutantsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final int SHORT_COUNT = 1;
    /** Unless another is given, one whose mutants are caught by tests without chance: no build shall fail by the luck of the draw. */
    private static final long SEED = Long.getLong("rowkeep.seed", 913);

    private static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .getParent();

    @TempDir
    Path workspace;

    /** Those that are named, or all of them, or a few of them drawn by the seed. */
    static Stream<Mutant> mutants() throws IOException {
        List<Mutant> all = new ArrayList<>(Mutant.all(ROOT.resolve("evidence/mutants")));
        String named = System.getProperty("rowkeep.mutants");
        if (named != null) {
            return all.stream()
                    .filter(mutant -> Arrays.asList(named.split(",", -1)).contains(mutant.toString()));
        }
        if (!IS_LONG) {
            Collections.shuffle(all, new Random(SEED));
        }
        return all.stream().limit(IS_LONG ? all.size() : SHORT_COUNT);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void plantedBugIsCaught(Mutant mutant) throws Exception {
        Verdict verdict = new Laboratory(ROOT, workspace).tryOut(mutant);
        System.out.println(mutant + ": " + verdict + " by " + mutant.testMethod());
        assumeTrue(verdict != Verdict.NOT_RUN || !mutant.module().equals("evidence"), "SKIPPED: needs Linux and gcc");
        assertThat(verdict)
                .as("%s: %s, seed %d", mutant, mutant.breaks(), SEED)
                .isIn(Verdict.CAUGHT, Verdict.CAUGHT_HANGING);
    }

    @Test
    void everyPlantedBugStillFitsItsSource() throws IOException {
        for (Mutant mutant : Mutant.all(ROOT.resolve("evidence/mutants"))) {
            assertThat(mutant.planted(ROOT)).isNotEqualTo(Files.readAllLines(ROOT.resolve(mutant.source())));
        }
    }

    /** A scenario's method is in the kit, whose classes the named one extends; so all sources are searched. */
    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module :
                List.of("core", "storage-tck", "storage-sqlite", "storage-duckdb", "examples", "evidence")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        for (Mutant mutant : Mutant.all(ROOT.resolve("evidence/mutants"))) {
            assertThat(sources.indexOf(" " + mutant.testMethod() + "("))
                    .as("%s is caught by %s, which is nowhere", mutant, mutant.testMethod())
                    .isNotNegative();
        }
    }

    @Test
    void everyPlantedBugIsListedInTheDocuments() throws IOException {
        String documents = Files.readString(ROOT.resolve("docs/reliability.md"));
        for (Mutant mutant : Mutant.all(ROOT.resolve("evidence/mutants"))) {
            assertThat(documents).contains("| `" + mutant + "` | " + mutant.breaks() + " |", "." + mutant.testMethod());
        }
    }
}
