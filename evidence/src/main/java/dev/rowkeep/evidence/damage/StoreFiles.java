package dev.rowkeep.evidence.damage;

import dev.rowkeep.evidence.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a store, as they lie on a disk.
 *
 * @param files the bytes of each by what its name, with the directory it may be in, adds to that of the database, which adds nothing
 */
record StoreFiles(SortedMap<String, byte[]> files) {
    static StoreFiles read(Engine engine, Path database) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path part : engine.parts(database)) {
            if (Files.exists(part)) {
                try (Stream<Path> all = Files.walk(part)) {
                    for (Path file : all.filter(Files::isRegularFile).toList()) {
                        files.put(file.toString().substring(database.toString().length()), Files.readAllBytes(file));
                    }
                }
            }
        }
        return new StoreFiles(files);
    }

    void write(Path database) throws IOException {
        for (var file : files.entrySet()) {
            Path path = Path.of(database + file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, file.getValue());
        }
    }

    /** The bytes of a file; none if it is not there. */
    byte[] bytes(String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    StoreFiles with(String name, byte[] bytes) {
        SortedMap<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, bytes);
        return new StoreFiles(changed);
    }

    /** These, but those of {@code other} whose names begin like that, and no other ones of such names. */
    StoreFiles withAll(String start, StoreFiles other) {
        SortedMap<String, byte[]> changed = new TreeMap<>(without(start).files);
        other.files.forEach((name, bytes) -> {
            if (name.startsWith(start)) {
                changed.put(name, bytes);
            }
        });
        return new StoreFiles(changed);
    }

    /** These, but none whose name begins like that. */
    StoreFiles without(String start) {
        SortedMap<String, byte[]> changed = new TreeMap<>(files);
        changed.keySet().removeIf(name -> name.startsWith(start));
        return new StoreFiles(changed);
    }
}
