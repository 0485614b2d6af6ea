package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.storage.duckdb.journal.Directories;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where a database and what goes with it are.
 *
 * @param database the database's file, under its real directory
 */
record DatabaseFiles(Path database) {
    private static final String NEW = ".new";
    private static final String ASIDE = ".aside-";

    /** How the names go on of what an unfinished making left, and of what DuckDB had put on the disk for a query when a crash came. */
    private static final Pattern UNFINISHED = Pattern.compile("\\.new(-\\d+)?(\\.wal|\\.tmp)?|\\.tmp");

    /** Of DuckDB's logs beside the database. */
    private static final Pattern LOGS = Pattern.compile("(\\.new-\\d+)?\\.wal");

    /** Of what holds a database's content and is not in use, but for what belongs to one that is. */
    private static final Pattern OLD =
            Pattern.compile("\\.aside-\\d+(\\.wal)?|(\\.new(-\\d+)?)?\\.tmp|\\.journal\\.tmp");

    /**
     * The files of the database that {@code given} names, there or not.
     *
     * @throws StorageException {@code PERMANENT} if a database cannot be there
     */
    static DatabaseFiles at(Path given) {
        String text = given.toString();
        if (text.isEmpty()
                || text.indexOf('?') >= 0
                || text.indexOf(';') >= 0
                || text.endsWith(" ")
                || text.chars().anyMatch(Character::isISOControl)) {
            throw unfit(
                    given,
                    "it is empty, ends with a blank, or holds a question mark, a semicolon or a control character, which"
                            + " the driver could take for settings. Give another name.");
        }
        Path absolute = given.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        if (directory == null || Files.isDirectory(absolute)) {
            throw unfit(given, "it is a directory. Give the path of a file in it.");
        }
        if (!Files.isDirectory(directory)) {
            throw unfit(given, "its directory is not there. Create the directory first.");
        }
        try {
            Path real = directory.toRealPath().resolve(Objects.requireNonNull(absolute.getFileName()));
            return new DatabaseFiles(Files.exists(real) ? real.toRealPath() : real);
        } catch (IOException e) {
            throw unreachable(absolute, e);
        }
    }

    /** The directory of the journal. */
    Path journal() {
        return sibling(".journal");
    }

    /** The directory of the files of its snapshots. */
    Path snapshots() {
        return sibling(".snapshots");
    }

    /** The file that says who has the database open. */
    Path lock() {
        return sibling(".lock");
    }

    /** Where a database is made before it gets its name. */
    Path unfinished() {
        return sibling(NEW);
    }

    /** Where one is made to take the place of the one in use; DuckDB goes on to call what belongs to it by this name until it is closed. */
    Path renewed(int number) {
        return sibling(NEW + "-" + number);
    }

    private Path sibling(String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    /** DuckDB's own log beside a file. */
    static Path logOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".wal");
    }

    /** Takes away what an unfinished making of a database left, and what DuckDB had put on the disk for a query when a crash came. */
    void deleteUnfinished() {
        delete(UNFINISHED, name -> true);
    }

    /** Takes away a database that was to take the place of the one in use. */
    void deleteRenewed(Path renewed) {
        delete(UNFINISHED, name -> isPartOf(renewed, name));
    }

    private static boolean isPartOf(Path renewed, String name) {
        String own = String.valueOf(renewed.getFileName());
        return name.equals(own) || name.startsWith(own + ".");
    }

    /** Takes away those beside the database whose names begin with its own and go on like that. */
    private void delete(Pattern rest, Predicate<String> isMeant) {
        String name = String.valueOf(database.getFileName());
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory())) {
            for (Path each : all) {
                String other = String.valueOf(each.getFileName());
                if (other.startsWith(name)
                        && rest.matcher(other.substring(name.length())).matches()
                        && isMeant.test(other)) {
                    deleteTree(each);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw unreachable(database, new IOException(e));
        } catch (IOException e) {
            throw unreachable(database, e);
        }
    }

    private Path directory() {
        return Objects.requireNonNull(database.getParent());
    }

    /** A file, or a folder with files in it. */
    private static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
                for (Path each : content) {
                    Files.deleteIfExists(each);
                }
            } catch (DirectoryIteratorException e) {
                throw new IOException(e);
            }
        }
        Files.deleteIfExists(path);
    }

    /** Gives the finished database its name, and to its owner only. */
    void nameUnfinished() {
        try {
            if (Files.exists(logOf(unfinished()))) {
                throw new IOException("DuckDB has left its log beside the database, which is not whole without");
            }
            setOwnerOnly(unfinished());
            Files.move(unfinished(), database, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unreachable(database, e);
        }
    }

    /** Sets the database aside under a name that is not in use, and returns that. */
    Path setAside() {
        try {
            int number = 1;
            Path aside = sibling(ASIDE + number);
            while (Files.exists(aside) || Files.exists(logOf(aside))) {
                number++;
                aside = sibling(ASIDE + number);
            }
            for (Path file : List.of(database, logOf(database))) {
                if (Files.exists(file)) {
                    Files.move(file, file.equals(database) ? aside : logOf(aside), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return aside;
        } catch (IOException e) {
            throw unreachable(database, e);
        }
    }

    /**
     * Sets DuckDB's log aside if it is there without its database, as after a crash between the two. A database that is made anew could
     * not be opened beside it.
     */
    void setAsideLogAlone() {
        if (Files.exists(logOf(database)) && !Files.exists(database)) {
            setAside();
        }
    }

    /** Puts a database that was made anew in the place of the one in use, durably; the log of that goes first, as it belongs to no other. */
    void take(Path renewed) {
        delete(LOGS, name -> !isPartOf(renewed, name));
        try {
            Directories.sync(directory());
            setOwnerOnly(renewed);
            Files.move(renewed, database, StandardCopyOption.ATOMIC_MOVE);
            Directories.sync(directory());
        } catch (IOException e) {
            throw unreachable(database, e);
        }
    }

    /** Takes away, durably, what else holds a database's content, but for what belongs to the one that was {@code renewed}. */
    void deleteOld(Path renewed) {
        delete(OLD, name -> !isPartOf(renewed, name));
        try {
            Directories.sync(directory());
        } catch (IOException e) {
            throw unreachable(database, e);
        }
    }

    /** Keeps others from reading and writing {@code file}, where the system knows who that is. */
    static void setOwnerOnly(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    static StorageException unreachable(Path path, IOException cause) {
        return new StorageException(
                Kind.PERMANENT,
                "Cannot create or reach " + path + " (" + cause.getClass().getSimpleName()
                        + "). Check that the directory is there and may be written by this user.",
                cause);
    }

    private static StorageException unfit(Path path, String why) {
        String printable = path.toString().replaceAll("\\p{Cntrl}", "?");
        return new StorageException(Kind.PERMANENT, "Cannot keep a database at " + printable + ": " + why, null);
    }
}
