package dev.rowkeep.evidence.crash;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files below one directory as a recorded process sees them, and what of them a crash may leave. Events are applied in order; between
 * two of them any {@link Loss} gives the files that could be there then.
 *
 * <p>What was synced is there. What was written after that may be there or not, write by write, and sector by sector where a loss
 * tears. Names are given and taken away at once, or only when their directory is synced.
 */
final class Disk {
    private final Map<Integer, DiskEntry> entries = new HashMap<>();
    private final DiskDirectory root;
    /** Where the root is; null until it comes into sight. */
    private @Nullable Path place;

    /** Which names survive. */
    enum Names {
        /** All that the process sees. */
        AT_ONCE,
        /** Those of the last sync of their directory. */
        WHEN_SYNCED
    }

    private Disk(DiskDirectory root, @Nullable Path place) {
        this.root = root;
        this.place = place;
    }

    /** A disk with nothing on it; the first directory that comes into sight is all of it. */
    static Disk empty() {
        return new Disk(new DiskDirectory(), null);
    }

    /** The disk of a machine that starts again: {@code image} is in {@code directory}, all of it safe. */
    static Disk of(Image image, Path directory) {
        Disk disk = new Disk(new DiskDirectory(), directory);
        image.directories().forEach(path -> disk.put(directory.resolve(path), new DiskDirectory(), false));
        image.files().forEach((path, content) -> disk.put(directory.resolve(path), new DiskFile(content), false));
        return disk;
    }

    /** This disk for a process that follows a killed one, with its files moved to {@code directory}: what was not synced still is not. */
    Disk handedOn(Path directory) {
        return new Disk((DiskDirectory) root.copy(new IdentityHashMap<>()), directory);
    }

    /** Applies what the process did next. */
    void apply(DiskEvent event) {
        if (event instanceof DiskEvent.Appeared appeared) {
            appear(appeared.file(), appeared.path(), new DiskFile(new byte[0]), appeared.isNew());
        } else if (event instanceof DiskEvent.DirectoryAppeared appeared) {
            appear(appeared.file(), appeared.path(), new DiskDirectory(), appeared.isNew());
        } else if (event instanceof DiskEvent.Renamed renamed) {
            DiskEntry entry = entry(renamed.file());
            root.remove(entry);
            put(renamed.path(), entry, true);
        } else if (event instanceof DiskEvent.Removed removed) {
            root.remove(entry(removed.file()));
        } else if (event instanceof DiskEvent.Synced synced) {
            entry(synced.file()).sync();
        } else {
            ((DiskFile) entry(event.file())).add(event);
        }
    }

    private void appear(int number, Path path, DiskEntry fresh, boolean isNew) {
        if (place == null) {
            place = path;
        }
        // What was there before only has another number now.
        DiskEntry left = isNew ? null : find(path);
        if (left == null) {
            put(path, fresh, isNew);
        }
        entries.put(number, left == null ? fresh : left);
    }

    private void put(Path path, DiskEntry entry, boolean canBeLost) {
        DiskDirectory directory = (DiskDirectory)
                Objects.requireNonNull(find(Objects.requireNonNull(path.getParent())), "a directory out of sight");
        String name = name(path);
        if (canBeLost) {
            directory.put(name, entry);
        } else {
            directory.putSynced(name, entry);
        }
    }

    private @Nullable DiskEntry find(Path path) {
        if (path.equals(place)) {
            return root;
        }
        Path parent = path.getParent();
        return parent != null && find(parent) instanceof DiskDirectory directory ? directory.get(name(path)) : null;
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    private DiskEntry entry(int number) {
        return Objects.requireNonNull(entries.get(number), "a file that never came into sight");
    }

    /** What could be there if the machine stopped now. */
    Image image(Names names, Loss loss) {
        Image image = Image.empty();
        add(Path.of(""), root, names, loss, image);
        return image;
    }

    private static void add(Path path, DiskDirectory directory, Names names, Loss loss, Image image) {
        directory.entries(names).forEach((name, entry) -> {
            Path below = path.resolve(name);
            if (entry instanceof DiskFile file) {
                image.files().put(below, file.content(loss));
            } else if (entry instanceof DiskDirectory inner) {
                image.directories().add(below);
                add(below, inner, names, loss, image);
            }
        });
    }
}
