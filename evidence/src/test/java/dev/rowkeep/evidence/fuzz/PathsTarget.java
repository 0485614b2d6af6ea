package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A path below a directory is refused and nothing is left there, or has a database in the file of exactly that name, and in no other
 * place. Links lead to a directory, to a name for the driver, and to nowhere.
 */
final class PathsTarget implements FuzzTarget {
    private static final Schema<String, Row> THINGS = Schema.dynamic("things", Column.text("id"), Column.text("body"));
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Path jail;
    private final Path base;

    PathsTarget(Path directory) {
        try {
            jail = directory.toRealPath();
            base = jail.resolve("a").resolve("b");
            Files.createDirectories(base);
            Files.createDirectories(jail.resolve("other"));
            Files.createDirectories(base.resolve("folder.db"));
            Files.createSymbolicLink(base.resolve("link"), jail.resolve("other"));
            Files.createSymbolicLink(base.resolve("settings.db"), jail.resolve("other/x.db?mode=memory"));
            Files.createSymbolicLink(base.resolve("nowhere.db"), jail.resolve("missing/x.db"));
            Files.createSymbolicLink(base.resolve("loop"), base.resolve("loop"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(byte[] input) {
        Path path = path(Fields.of(input).text(0));
        if (path == null) {
            return;
        }
        Set<Path> before = files();
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(path))) {
            keep.store(THINGS).insert(Row.of(THINGS, "k"));
        } catch (StorageException e) {
            Refusal.check(e);
            Expect.equal(e.kind(), StorageException.Kind.PERMANENT, "the kind of a refusal");
            checkNothingMade(before);
            return;
        }
        checkMade(path, before);
    }

    /** The path; null if it is none, or could lead out of the jail without the library's doing. */
    private @Nullable Path path(String text) {
        try {
            Path path = Path.of(text);
            Path whole = base.resolve(path);
            return path.isAbsolute() || !whole.normalize().startsWith(jail) ? null : whole;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** A lock file is never removed, not even where nothing could be made beside it. */
    private void checkNothingMade(Set<Path> before) {
        Set<Path> made = files();
        made.removeAll(before);
        for (Path file : made) {
            Expect.that(file.toString().endsWith(".lock"), "nothing is left of what could not be made, not " + file);
            delete(file);
        }
        Expect.equal(files(), before, "what is there after a refusal");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkMade(Path path, Set<Path> before) {
        Set<Path> made = files();
        made.removeAll(before);
        String name = path.normalize().getFileName().toString();
        Set<String> names =
                made.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        Expect.that(names.remove(name), "the database has the name that was given, of " + made);
        names.remove(name + ".lock");
        names.remove(name + ".counters");
        Expect.equal(names, Set.of(), "what else was made");
        Expect.that(made.stream().map(Path::getParent).distinct().count() == 1, "all of it in one directory");
        for (Path file : made) {
            try (InputStream content = Files.newInputStream(file)) {
                boolean isDatabase = java.util.Arrays.equals(content.readNBytes(MAGIC.length), MAGIC);
                Expect.equal(isDatabase, file.getFileName().toString().equals(name), "which file is the database");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            delete(file);
        }
        Expect.equal(files(), before, "what is there when all that was made is gone");
    }

    private Set<Path> files() {
        try (Stream<Path> files = Files.walk(jail)) {
            return files.collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
