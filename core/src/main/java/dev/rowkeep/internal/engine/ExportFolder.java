package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.file.WholeFile;
import dev.rowkeep.query.ExportException;
import dev.rowkeep.query.ExportedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A folder that files are made in. A file is written under a name that nothing else has; it gets its own when it is on the disk, so that a
 * crash leaves what was there before or what is there now.
 */
final class ExportFolder {
    private final Path folder;

    private ExportFolder(Path folder) {
        this.folder = folder;
    }

    /** What a file is to hold. */
    interface Content {
        /**
         * Writes it.
         *
         * @return how many rows there are
         */
        long writeTo(Path file) throws IOException;
    }

    /** A folder that is there. */
    static ExportFolder at(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real)) {
                return new ExportFolder(real);
            }
        } catch (IOException e) {
            // As one that is not there.
        }
        throw new IllegalArgumentException(
                "Cannot export into " + folder + ": it is not a folder that is there. Create it first.");
    }

    /** Makes the file called {@code name}, whole or not at all. */
    ExportedFile write(String name, Content content) {
        Path file = below(name);
        WholeFile whole = WholeFile.to(file);
        try {
            long rows = content.writeTo(whole.unfinished());
            return new ExportedFile(file, rows, whole.name());
        } catch (IOException e) {
            throw new ExportException(
                    name,
                    "the file could not be written (" + e.getClass().getSimpleName()
                            + "). Check that there is space and that the folder may be written by this user.",
                    e);
        } finally {
            whole.discard();
        }
    }

    /** The file called {@code name}; links that lead out of the folder are found by where its own folder really is. */
    private Path below(String name) {
        try {
            Path relative = Path.of(name);
            boolean leadsElsewhere = relative.isAbsolute()
                    || relative.getRoot() != null
                    || !relative.equals(relative.normalize())
                    || relative.startsWith("..")
                    || name.chars().anyMatch(Character::isISOControl);
            if (leadsElsewhere) {
                throw unfit(name, "it does not name a file below the folder. Give a plain relative name.");
            }
            Path file = folder.resolve(relative);
            Path parent = file.resolveSibling(".").toRealPath();
            if (!parent.startsWith(folder)) {
                throw unfit(name, "a link leads it out of the folder. Give the name of a file below the folder.");
            }
            if (Files.isDirectory(file)) {
                throw unfit(name, "it is a folder.");
            }
            return file;
        } catch (InvalidPathException | IOException e) {
            throw unfit(name, "its own folder is not there. Create it first.");
        }
    }

    /** A name that no export can have. */
    static IllegalArgumentException unfit(String name, String why) {
        return new IllegalArgumentException("Cannot export to " + name.replaceAll("\\p{Cntrl}", "?") + ": " + why);
    }
}
