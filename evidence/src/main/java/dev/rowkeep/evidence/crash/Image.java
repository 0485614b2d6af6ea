package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files as they could be on a disk, by their paths within it.
 *
 * @param directories the directories, those above before those below
 * @param files what each file holds
 */
record Image(SortedSet<Path> directories, SortedMap<Path, byte[]> files) {
    /** Nothing at all. */
    static Image empty() {
        return new Image(new TreeSet<>(), new TreeMap<>());
    }

    /** What is in {@code directory}. */
    static Image read(Path directory) throws IOException {
        Image image = empty();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.filter(path -> !path.equals(directory)).toList()) {
                if (Files.isDirectory(each)) {
                    image.directories.add(directory.relativize(each));
                } else {
                    image.files.put(directory.relativize(each), Files.readAllBytes(each));
                }
            }
        }
        return image;
    }

    /** All but the files that {@code isLeftOut} says. */
    Image without(Predicate<Path> isLeftOut) {
        Image rest = new Image(directories, new TreeMap<>(files));
        rest.files.keySet().removeIf(isLeftOut);
        return rest;
    }

    /** Puts everything into {@code directory}. */
    void write(Path directory) throws IOException {
        for (Path each : directories) {
            Files.createDirectory(directory.resolve(each));
        }
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }

    /** Equal for equal images, and for no others. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            directories.forEach(path -> digest.update(line(path.toString())));
            files.forEach((path, content) -> {
                digest.update(line(path + " " + content.length));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
