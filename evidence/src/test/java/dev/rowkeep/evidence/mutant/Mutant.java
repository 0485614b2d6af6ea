package dev.rowkeep.evidence.mutant;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A planted bug: a unified diff of one source file under three lines that say what it breaks and who must notice.
 *
 * @param name the patch file's name
 * @param breaks the rule or promise that does not hold with the bug in
 * @param module whose tests catch it
 * @param testClass the test class
 * @param testMethod the test
 * @param source the file that the bug is in, from the root of the project
 * @param patch what is changed there
 */
record Mutant(
        String name,
        String breaks,
        String module,
        String testClass,
        String testMethod,
        String source,
        Patch<String> patch) {
    private static final String SUFFIX = ".patch";
    private static final int MOST_MOVED_LINES = 3;

    /** All of them, in the order of their names. */
    static List<Mutant> all(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(Mutant::read)
                    .toList();
        }
    }

    private static Mutant read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] catcher = header(file, lines, "Caught by: ").split("[ #]");
            return new Mutant(
                    file.getFileName().toString().replace(SUFFIX, ""),
                    header(file, lines, "Breaks: "),
                    catcher[0],
                    catcher[1],
                    catcher[2],
                    header(file, lines, "+++ b/"),
                    UnifiedDiffUtils.parseUnifiedDiff(lines));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }

    private static String header(Path file, List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(file + " has no line that starts with: " + prefix))
                .substring(prefix.length());
    }

    /**
     * The source with the bug in it.
     *
     * @throws IllegalStateException if the source is no longer what the patch was made of
     */
    List<String> planted(Path root) throws IOException {
        try {
            return patch.applyFuzzy(Files.readAllLines(root.resolve(source)), MOST_MOVED_LINES);
        } catch (PatchFailedException e) {
            throw new IllegalStateException(
                    "The mutant " + name + " does not fit " + source + " any more; make its patch again", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
