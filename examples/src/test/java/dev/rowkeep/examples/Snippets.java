package dev.rowkeep.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pieces of source that the documents show, so that what a reader copies is what is compiled and run. */
public final class Snippets {
    private static final Path SOURCES = Path.of("src", "main", "java");

    private Snippets() {}

    /** The lines of a class between {@code tag::name[]} and {@code end::name[]}, moved to the left margin. */
    public static String inSource(Class<?> source, String name) {
        Path file = SOURCES.resolve(source.getName().replace('.', '/') + ".java");
        return between(lines(file), "// tag::" + name + "[]", "// end::" + name + "[]", file)
                .stripIndent();
    }

    /** The code block of a document below the comment {@code snippet: name}. */
    public static String inDocument(String document, String name) {
        return block(document, "<!-- snippet: " + name + " -->", "```java");
    }

    /** What a document says a program writes, below the comment {@code output: name}. */
    public static String outputInDocument(String document, String name) {
        return block(document, "<!-- output: " + name + " -->", "```");
    }

    private static String block(String document, String marker, String fence) {
        Path file = Path.of("..").resolve(document);
        List<String> lines = lines(file);
        return between(lines.subList(indexOf(lines, marker, file), lines.size()), fence, "```", file);
    }

    private static String between(List<String> lines, String first, String last, Path file) {
        List<String> rest = lines.subList(indexOf(lines, first, file) + 1, lines.size());
        return String.join("\n", rest.subList(0, indexOf(rest, last, file)));
    }

    private static int indexOf(List<String> lines, String wanted, Path file) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(wanted)) {
                return i;
            }
        }
        throw new AssertionError(file + " has no line " + wanted);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
