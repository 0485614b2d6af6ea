package dev.rowkeep.evidence.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Files as a recorded process sees them, and what of them a crash may leave. Events are applied in order; between two of them any
 * {@link Loss} gives the files that could be there then.
 *
 * <p>What was synced is there. What was written after that may be there or not, write by write, and sector by sector where a loss
 * tears. Names are given and taken away at once, or only when their directory is synced.
 */
final class Disk {
    private final Map<Integer, File> files = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();
    /** Directory entries as the process sees them. */
    private final Map<Path, Integer> names = new TreeMap<>();
    /** Directory entries that surely survive. */
    private final Map<Path, Integer> syncedNames = new TreeMap<>();

    /** Which names survive. */
    enum Names {
        /** All that the process sees. */
        AT_ONCE,
        /** Those of the last sync of their directory. */
        WHEN_SYNCED
    }

    /** What a crash takes away of what was not synced. */
    interface Loss {
        /** What is left of {@code write}: ranges as pairs of begin and end within its bytes. */
        List<int[]> left(DiskEvent.Written write);

        /** Whether {@code resize} is left. */
        boolean isLeft(DiskEvent.Resized resize);
    }

    private static final class File {
        private byte[] synced = new byte[0];
        private final List<DiskEvent> unsynced = new ArrayList<>();
    }

    /** The disk of a machine that starts again: {@code image} is in {@code directory}, all of it safe. */
    static Disk of(Map<Path, byte[]> image, Path directory) {
        Disk disk = new Disk();
        disk.directories.add(directory);
        image.forEach((path, content) -> {
            int number = -1 - disk.files.size();
            File file = new File();
            file.synced = content;
            disk.files.put(number, file);
            disk.names.put(moved(path, directory), number);
            disk.syncedNames.put(moved(path, directory), number);
        });
        return disk;
    }

    /** This disk for a process that follows a killed one, with its files moved to {@code directory}: what was not synced still is not. */
    Disk handedOn(Path directory) {
        Disk disk = new Disk();
        disk.directories.add(directory);
        Map<Integer, Integer> numbers = new HashMap<>();
        files.forEach((number, file) -> {
            int newNumber = -1 - disk.files.size();
            numbers.put(number, newNumber);
            File copy = new File();
            copy.synced = file.synced;
            copy.unsynced.addAll(file.unsynced);
            disk.files.put(newNumber, copy);
        });
        names.forEach((path, number) -> {
            if (!isDirectory(path)) {
                disk.names.put(moved(path, directory), Objects.requireNonNull(numbers.get(number)));
            }
        });
        syncedNames.forEach((path, number) -> {
            if (!isDirectory(path)) {
                disk.syncedNames.put(moved(path, directory), Objects.requireNonNull(numbers.get(number)));
            }
        });
        return disk;
    }

    private static Path moved(Path file, Path directory) {
        return directory.resolve(file.getFileName());
    }

    /** Applies what the process did next. */
    void apply(DiskEvent event) {
        if (event instanceof DiskEvent.Appeared appeared) {
            appear(appeared);
        } else if (event instanceof DiskEvent.Renamed renamed) {
            names.values().removeIf(file -> file == renamed.file());
            names.put(renamed.path(), renamed.file());
        } else if (event instanceof DiskEvent.Removed removed) {
            names.values().removeIf(file -> file == removed.file());
        } else if (event instanceof DiskEvent.Synced synced) {
            sync(synced.file());
        } else {
            file(event.file()).unsynced.add(event);
        }
    }

    private void appear(DiskEvent.Appeared appeared) {
        Path path = appeared.path();
        directories.add(Objects.requireNonNull(path.getParent()));
        Integer left = names.put(path, appeared.file());
        if (left != null && !appeared.isNew()) {
            // A file that another process left: it only has another number now.
            files.put(appeared.file(), file(left));
            syncedNames.replace(path, left, appeared.file());
            return;
        }
        files.put(appeared.file(), new File());
        if (!appeared.isNew()) {
            syncedNames.put(path, appeared.file());
        }
    }

    private void sync(int number) {
        File file = file(number);
        file.synced = content(file, Losses.NOTHING);
        file.unsynced.clear();
        Path directory = path(number);
        if (directory != null && isDirectory(directory)) {
            syncedNames.keySet().removeIf(name -> directory.equals(name.getParent()));
            names.forEach((name, each) -> {
                if (directory.equals(name.getParent())) {
                    syncedNames.put(name, each);
                }
            });
        }
    }

    private File file(int number) {
        return Objects.requireNonNull(files.get(number), "a file that never came into sight");
    }

    private @Nullable Path path(int number) {
        for (Map.Entry<Path, Integer> entry : names.entrySet()) {
            if (entry.getValue() == number) {
                return entry.getKey();
            }
        }
        return null;
    }

    private boolean isDirectory(Path path) {
        return directories.contains(path);
    }

    /** The files that could be there if the machine stopped now, by path; directories are left out. */
    Map<Path, byte[]> image(Names whichNames, Loss loss) {
        Map<Path, byte[]> image = new TreeMap<>();
        (whichNames == Names.AT_ONCE ? names : syncedNames).forEach((path, number) -> {
            if (!isDirectory(path)) {
                image.put(path, content(file(number), loss));
            }
        });
        return image;
    }

    private static byte[] content(File file, Loss loss) {
        byte[] content = file.synced;
        for (DiskEvent event : file.unsynced) {
            if (event instanceof DiskEvent.Resized resized) {
                content = loss.isLeft(resized) ? Arrays.copyOf(content, Math.toIntExact(resized.length())) : content;
            } else if (event instanceof DiskEvent.Written written) {
                content = written(content, written, loss.left(written));
            }
        }
        return content;
    }

    private static byte[] written(byte[] before, DiskEvent.Written write, List<int[]> left) {
        byte[] content = before;
        int offset = Math.toIntExact(write.offset());
        for (int[] range : left) {
            int end = offset + range[1];
            // A copy even where it does not grow: what was synced must stay as it was.
            content = Arrays.copyOf(content, Math.max(content.length, end));
            System.arraycopy(write.bytes(), range[0], content, offset + range[0], range[1] - range[0]);
        }
        return content;
    }

    /** Ready-made losses. */
    static final class Losses {
        /** The process was killed: the system still writes everything. */
        static final Loss NOTHING = new Loss() {
            @Override
            public List<int[]> left(DiskEvent.Written write) {
                return List.of(new int[] {0, write.bytes().length});
            }

            @Override
            public boolean isLeft(DiskEvent.Resized resize) {
                return true;
            }
        };

        /** All that was not synced is gone. */
        static final Loss ALL_UNSYNCED = new Loss() {
            @Override
            public List<int[]> left(DiskEvent.Written write) {
                return List.of();
            }

            @Override
            public boolean isLeft(DiskEvent.Resized resize) {
                return false;
            }
        };

        private Losses() {}

        /** Each write and cut that was not synced is there or not. */
        static Loss some(RandomGenerator random) {
            return new Loss() {
                @Override
                public List<int[]> left(DiskEvent.Written write) {
                    return random.nextBoolean() ? NOTHING.left(write) : List.of();
                }

                @Override
                public boolean isLeft(DiskEvent.Resized resize) {
                    return random.nextBoolean();
                }
            };
        }

        /** Each sector of a write that was not synced is there or not. */
        static Loss torn(RandomGenerator random, int sectorBytes) {
            return new Loss() {
                @Override
                public List<int[]> left(DiskEvent.Written write) {
                    List<int[]> left = new ArrayList<>();
                    int at = 0;
                    while (at < write.bytes().length) {
                        long sectorEnd = ((write.offset() + at) / sectorBytes + 1) * sectorBytes - write.offset();
                        int end = (int) Math.min(sectorEnd, write.bytes().length);
                        if (random.nextBoolean()) {
                            left.add(new int[] {at, end});
                        }
                        at = end;
                    }
                    return left;
                }

                @Override
                public boolean isLeft(DiskEvent.Resized resize) {
                    return random.nextBoolean();
                }
            };
        }
    }
}
