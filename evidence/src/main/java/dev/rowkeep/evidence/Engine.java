package dev.rowkeep.evidence;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A storage that keeps a store in files, and which files those are. */
public enum Engine {
    SQLITE {
        @Override
        public StorageProvider at(Path database) {
            return SqliteStorage.at(database);
        }

        @Override
        List<String> suffixes() {
            return List.of("", "-wal");
        }
    },
    DUCKDB {
        @Override
        public StorageProvider at(Path database) {
            return DuckdbStorage.at(database);
        }

        @Override
        List<String> suffixes() {
            return List.of("", ".wal", ".journal");
        }
    };

    /** The storage in the file {@code database} and what is beside it. */
    public abstract StorageProvider at(Path database);

    /** How the names of its parts end that begin as the database's does. */
    abstract List<String> suffixes();

    /** The files and directories without which the store is not what it is; not all of them are there at all times. */
    public List<Path> parts(Path database) {
        return suffixes().stream()
                .map(suffix -> database.resolveSibling(database.getFileName() + suffix))
                .toList();
    }

    /** Makes {@code to} the store that a kill would leave now of {@code from}. */
    public void copy(Path from, Path to) throws IOException {
        List<Path> sources = parts(from);
        List<Path> targets = parts(to);
        for (int i = 0; i < sources.size(); i++) {
            deleteAll(targets.get(i));
            copyAll(sources.get(i), targets.get(i));
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        for (Path source : everything(from)) {
            Files.copy(source, to.resolve(from.relativize(source).toString()));
        }
    }

    /** Deletes a file, or a directory with all that is in it, if it is there. */
    public static void deleteAll(Path path) throws IOException {
        for (Path file :
                everything(path).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
        }
    }

    /** What is at and below a path, parents first. */
    private static List<Path> everything(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path)) {
            return new ArrayList<>(files.toList());
        }
    }
}
