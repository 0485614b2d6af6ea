package dev.rowkeep.internal.backup;

import dev.rowkeep.internal.file.Durable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is below a folder. */
final class FolderFiles {
    private FolderFiles() {}

    /** The names of all that is no folder, with {@code /} between folder and file, in order. */
    static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path path : below(folder)) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                names.add(name(folder, path));
            }
        }
        return names;
    }

    /** Takes away all but the files called {@code kept}, and the folders that these are in. */
    static void keepOnly(Path folder, Set<String> kept) throws IOException {
        for (Path path : below(folder)) {
            String name = name(folder, path);
            boolean isKept = kept.contains(name) || kept.stream().anyMatch(file -> file.startsWith(name + "/"));
            if (!isKept) {
                Files.delete(path);
            }
        }
    }

    /** Makes all of it durable, without the name of the folder itself. */
    static void sync(Path folder) throws IOException {
        for (Path path : below(folder)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Durable.syncFolder(path);
            } else {
                Durable.sync(path);
            }
        }
        Durable.syncFolder(folder);
    }

    /** All that is below a folder, what is in a folder before it. */
    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String name(Path folder, Path path) {
        return folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
