package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.file.WholeFile;
import dev.rowkeep.query.ExportException;
import dev.rowkeep.query.ExportedFile;
import dev.rowkeep.query.SqlExport;
import dev.rowkeep.spi.ExportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A folder that results are written into. The storage writes a file under a name that nothing else has; it gets its own when it is on the
 * disk, so that a crash leaves what was there before or what is there now.
 */
final class EngineExport implements SqlExport {
    private final Path folder;
    private final EngineSql sql;

    private EngineExport(Path folder, EngineSql sql) {
        this.sql = sql;
        this.folder = folder;
    }

    /** What {@code sql} reads, into a folder that is there. */
    static EngineExport into(Path folder, EngineSql sql) {
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real)) {
                return new EngineExport(real, sql);
            }
        } catch (IOException e) {
            // As one that is not there.
        }
        throw new IllegalArgumentException(
                "Cannot export into " + folder + ": it is not a folder that is there. Create it first.");
    }

    @Override
    public SqlExport timeout(Duration longest) {
        return new EngineExport(folder, sql.timeout(longest));
    }

    @Override
    public ExportedFile write(String name, String select, @Nullable Object... parameters) {
        sql.entry().check("export");
        ExportFormat format = format(name);
        Path file = below(name);
        WholeFile whole = WholeFile.to(file);
        try {
            long rows = sql.source().export(sql.query(select, parameters), format, whole.unfinished());
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

    private static ExportFormat format(String name) {
        for (ExportFormat format : ExportFormat.values()) {
            if (name.endsWith(format.suffix())) {
                return format;
            }
        }
        throw unfit(
                name,
                "its end says no format. It must be one of "
                        + Arrays.stream(ExportFormat.values())
                                .map(ExportFormat::suffix)
                                .toList() + ".");
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

    private static IllegalArgumentException unfit(String name, String why) {
        return new IllegalArgumentException("Cannot export to " + name.replaceAll("\\p{Cntrl}", "?") + ": " + why);
    }
}
