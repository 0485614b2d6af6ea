package dev.rowkeep.storage.duckdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values that stand in a file as they are, because DuckDB finds nothing in them to compress, and the files that hold some. */
final class Traces {
    private static final int LENGTH = 48;
    private static final int FIRST = 'A';
    private static final int LETTERS = 26;

    private final Random random;

    Traces(long seed) {
        random = new Random(seed);
    }

    /** Another one, which is like no other. */
    String value() {
        return random.ints(LENGTH, 0, LETTERS)
                .mapToObj(letter -> String.valueOf((char) (FIRST + letter)))
                .collect(Collectors.joining());
    }

    /** The files below a directory that hold at least one of the values, relative to it. */
    static TreeSet<String> in(Path directory, Collection<String> values) throws IOException {
        TreeSet<String> holding = new TreeSet<>();
        for (Path file : files(directory)) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            if (values.stream().anyMatch(content::contains)) {
                holding.add(directory.relativize(file).toString());
            }
        }
        return holding;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
