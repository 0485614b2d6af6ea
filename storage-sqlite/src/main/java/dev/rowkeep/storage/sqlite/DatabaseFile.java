package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the database is.
 *
 * <p>Nothing here opens the database, its {@code -wal} or its {@code -shm}: closing such a file would let go of the locks that
 * SQLite holds on it for this process. Creation is the exception, and happens before the first connection.
 *
 * @param path the file itself, through no symbolic link
 */
record DatabaseFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStorage.class);

    private static final List<String> NETWORK_FILE_SYSTEMS =
            List.of("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "fuse.sshfs", "fuse.s3fs", "fuse.rclone");

    /**
     * The file that {@code given} names, whether it is there or not.
     *
     * @throws StorageException {@code PERMANENT} if a database cannot be there
     */
    static DatabaseFile at(Path given) {
        if (!given.getFileSystem().equals(FileSystems.getDefault())) {
            throw unfit(given, "it is not on the default file system. Give a path of the operating system's.");
        }
        String text = given.toString();
        if (text.indexOf('?') >= 0 || text.chars().anyMatch(Character::isISOControl)) {
            throw unfit(
                    given,
                    "it holds a question mark or a control character, which the driver would take for settings."
                            + " Give another name.");
        }
        Path absolute = given.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        Path name = absolute.getFileName();
        if (directory == null || name == null || text.isEmpty() || Files.isDirectory(absolute)) {
            throw unfit(given, "it is a directory. Give the path of a file in it.");
        }
        if (!Files.isDirectory(directory)) {
            throw unfit(given, "its directory is not there. Create the directory first.");
        }
        try {
            Path real = directory.toRealPath().resolve(name);
            DatabaseFile file = new DatabaseFile(Files.exists(real) ? real.toRealPath() : real);
            file.requireFit();
            return file;
        } catch (IOException e) {
            throw unreachable(absolute, e);
        }
    }

    private void requireFit() throws IOException {
        String real = path.toString();
        if (real.indexOf('?') >= 0 || real.chars().anyMatch(Character::isISOControl)) {
            throw unfit(path, "a link leads to a name with a question mark or a control character. Give another path.");
        }
        if (real.endsWith(" ")) {
            throw unfit(path, "it ends with a blank, which the driver would leave off. Give another name.");
        }
        if (Files.isSymbolicLink(path)) {
            throw unfit(path, "it is a link that leads to no file. Create that file, or remove the link.");
        }
        if (exists()) {
            if (!Files.isRegularFile(path)) {
                throw unfit(path, "it is not a regular file. Give the path of a file.");
            }
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                    && (Integer) Files.getAttribute(path, "unix:nlink") > 1) {
                throw unfit(
                        path,
                        "the file has a second name (a hard link), and SQLite would keep a log for each. Remove one.");
            }
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** How much there is in the write-ahead log; asked without opening it. */
    long walBytes() {
        try {
            return Files.size(sibling("-wal"));
        } catch (IOException e) {
            return 0;
        }
    }

    /** Syncs the write-ahead log that another process left. No connection is open yet; SQLite holds no locks on this file. */
    void syncLeftLog() {
        Path log = sibling("-wal");
        try (RandomAccessFile left = new RandomAccessFile(log.toFile(), "rw")) {
            left.getFD().sync();
        } catch (IOException e) {
            throw unreachable(log, e);
        }
    }

    Path sibling(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** Creates the empty file, for its owner only. */
    void create() {
        try {
            Files.createFile(path, ownerOnly());
        } catch (IOException e) {
            throw unreachable(path, e);
        }
    }

    /** Creates the file at {@code path} for its owner only, unless there is one. */
    static void createIfAbsent(Path path) throws IOException {
        try {
            Files.createFile(path, ownerOnly());
        } catch (FileAlreadyExistsException e) {
            // That is what was wanted.
        }
    }

    static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes the directory's entries durable. */
    void syncDirectory() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return; // There, a directory cannot be opened; its entries are journalled.
        }
        try (FileChannel directory = FileChannel.open(directory(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            throw unreachable(path, e);
        }
    }

    /** Takes away what a failed creation left. No connection is open any more. */
    void discard() {
        for (Path left : List.of(sibling("-wal"), sibling("-shm"), sibling("-journal"), path)) {
            try {
                Files.deleteIfExists(left);
            } catch (IOException e) {
                LOG.warn("Cannot remove {}, which a failed creation left", left, e);
            }
        }
    }

    /** Warns where locks and syncs may not do what they promise. */
    void warnOfNetwork() {
        try {
            String type = Files.getFileStore(directory()).type().toLowerCase(Locale.ROOT);
            if (NETWORK_FILE_SYSTEMS.stream().anyMatch(type::startsWith)) {
                LOG.warn(
                        "{} is on a file system of type {}: over a network, locks and syncs may not keep their promise, and"
                                + " acknowledged writes can be lost. Use a local disk.",
                        path,
                        type);
            }
        } catch (IOException e) {
            LOG.debug("Cannot tell the type of the file system of {}", path, e);
        }
    }

    private Path directory() {
        return java.util.Objects.requireNonNull(path.getParent());
    }

    private static StorageException unfit(Path path, String why) {
        String printable = path.toString().replaceAll("\\p{Cntrl}", "?");
        return new StorageException(Kind.PERMANENT, "Cannot keep a database at " + printable + ": " + why, null);
    }

    private static StorageException unreachable(Path path, IOException cause) {
        return new StorageException(
                Kind.PERMANENT,
                "Cannot create or reach " + path + " (" + cause.getClass().getSimpleName()
                        + "). Check that the directory is there and may be written by this user.",
                cause);
    }
}
