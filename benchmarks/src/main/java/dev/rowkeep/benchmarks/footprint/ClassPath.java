package dev.rowkeep.benchmarks.footprint;

import dev.rowkeep.benchmarks.harness.Workspace;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jars, or directories of classes in their place.
 *
 * @param entries in the order in which classes are looked up
 */
record ClassPath(List<Path> entries) {
    /** What one binds to slf4j is the application's choice and no part of a library. */
    private static final String LOG_BINDING = "slf4j-simple";

    /** How the name of the jar ends that names the other jars. */
    private static final String THIN = "-thin.jar";

    private static final String LOADED = " source: file:";

    ClassPath {
        entries = List.copyOf(entries);
    }

    /**
     * All that a process with this class path could use, jar by jar: itself, or, if it is one jar that holds everything, what the jar beside
     * it names.
     *
     * @throws IOException if everything is in one jar and the other is not beside it
     */
    static ClassPath of(String javaClassPath) throws IOException {
        List<Path> own = Stream.of(javaClassPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .toList();
        List<Path> all = own.size() > 1 ? own : besides(own.get(0));
        return new ClassPath(all.stream()
                .filter(Files::exists)
                .filter(entry -> !entry.toString().contains(LOG_BINDING))
                .toList());
    }

    private static List<Path> besides(Path everything) throws IOException {
        String name = everything.getFileName().toString().replace(".jar", "-");
        Optional<Path> thin;
        try (Stream<Path> files = Files.list(everything.resolveSibling("."))) {
            thin = files.map(Path::normalize)
                    .filter(file -> file.getFileName().toString().startsWith(name))
                    .filter(file -> file.toString().endsWith(THIN))
                    .findFirst();
        }
        Path jar = thin.orElseThrow(
                () -> new IOException(
                        "Beside " + everything + " there is no " + name + "<version>" + THIN
                                + ", which names the other jars one by one. Build both: mvn -DskipTests -pl benchmarks -am package"));
        // Not the thin one itself, which would bring all that it names.
        String plain = jar.getFileName().toString().replace(THIN, ".jar");
        List<Path> entries = new ArrayList<>(List.of(jar.resolveSibling(plain)));
        try (JarFile file = new JarFile(jar.toFile())) {
            String named = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String entry : named == null ? new String[0] : named.split(" ")) {
                entries.add(jar.resolveSibling(entry).normalize());
            }
        }
        return entries;
    }

    /** Those entries of it that a process' log of loaded classes names as a source. */
    ClassPath loadedIn(List<String> log) {
        Set<Path> sources = log.stream()
                .filter(line -> line.contains(LOADED))
                .map(line -> line.substring(line.indexOf(LOADED) + LOADED.length()))
                .distinct()
                .map(place -> Path.of(URI.create("file:" + place.strip())))
                .collect(Collectors.toSet());
        return new ClassPath(
                entries.stream().filter(entry -> sources.contains(entry)).toList());
    }

    /** The same without an entry. */
    ClassPath without(Path entry) {
        return without(new ClassPath(List.of(entry)));
    }

    /** The same without those of {@code others}. */
    ClassPath without(ClassPath others) {
        return new ClassPath(entries.stream()
                .filter(entry -> !others.entries.contains(entry))
                .toList());
    }

    /** How many bytes its files have. */
    long bytes() throws IOException {
        long sum = 0;
        for (Path entry : entries) {
            sum += Workspace.bytes(entry);
        }
        return sum;
    }

    /** Its files' names, for reports. */
    String names() {
        return entries.stream().map(entry -> entry.getFileName().toString()).collect(Collectors.joining(", "));
    }

    /** As the virtual machine takes it. */
    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
