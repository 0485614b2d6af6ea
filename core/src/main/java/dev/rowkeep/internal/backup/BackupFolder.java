package dev.rowkeep.internal.backup;

import dev.rowkeep.backup.Backup;
import dev.rowkeep.internal.file.Durable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A folder that backups are made in. What is being made or removed has a hidden name; it is another's work only as long as that one holds
 * the {@link FolderLock}, and what a process left that ended is taken away by the next that holds it.
 */
public final class BackupFolder {
    private static final String HIDDEN = ".rowkeep-";
    private static final String UNFINISHED = ".tmp";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH-mm-ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path folder;

    private BackupFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder at {@code given}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BackupFolder at(Path given) {
        try {
            Path real = given.toRealPath();
            if (Files.isDirectory(real)) {
                return new BackupFolder(real);
            }
        } catch (IOException e) {
            // As one that is not there.
        }
        throw new IllegalArgumentException(
                "Cannot keep backups in " + given + ": it is not a folder that is there. Create it first.");
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** The complete backups of the log {@code incarnation}, the oldest first. */
    public List<Backup> backupsOf(UUID incarnation) throws IOException {
        List<Backup> backups = new ArrayList<>();
        for (Path entry : entries()) {
            if (!name(entry).startsWith(".") && Files.isRegularFile(entry.resolve(Manifest.NAME))) {
                StoredBackup.found(entry)
                        .filter(backup -> backup.position().incarnation().equals(incarnation))
                        .ifPresent(backups::add);
            }
        }
        backups.sort(Comparator.comparing(Backup::made)
                .thenComparing(backup -> backup.position().sequence())
                .thenComparing(Backup::path));
        return backups;
    }

    /** Takes away what others left who ended while they made or removed a backup. To be called by who holds the lock. */
    public void removeLeftovers() throws IOException {
        for (Path entry : entries()) {
            if (name(entry).startsWith(HIDDEN)
                    && name(entry).endsWith(UNFINISHED)
                    && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                Durable.deleteTree(entry);
            }
        }
    }

    /** A new empty folder, hidden, for a backup to be made in. */
    public Path newUnfinished() throws IOException {
        Path unfinished = folder.resolve(HIDDEN + UUID.randomUUID() + UNFINISHED);
        Durable.newFolder(unfinished);
        return unfinished;
    }

    /** Gives a backup whose files are durable the name that it keeps, which nothing has. */
    Path name(Path unfinished, Instant made, long sequence) throws IOException {
        String name = "rowkeep-" + TIME.format(made) + "-" + sequence;
        Path named = folder.resolve(name);
        for (int again = 2; Files.exists(named, LinkOption.NOFOLLOW_LINKS); again++) {
            named = folder.resolve(name + "-" + again);
        }
        Files.move(unfinished, named, StandardCopyOption.ATOMIC_MOVE);
        boolean isDurable = false;
        try {
            Durable.syncFolder(folder);
            isDurable = true;
            return named;
        } finally {
            if (!isDurable) {
                Files.move(named, unfinished, StandardCopyOption.ATOMIC_MOVE); // Where it is taken away.
            }
        }
    }

    /** Removes a backup: it is a whole one or none. */
    public void remove(Backup backup) throws IOException {
        Path unfinished = folder.resolve(HIDDEN + UUID.randomUUID() + UNFINISHED);
        Files.move(backup.path(), unfinished, StandardCopyOption.ATOMIC_MOVE);
        Durable.syncFolder(folder);
        Durable.deleteTree(unfinished);
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private List<Path> entries() throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }
}
