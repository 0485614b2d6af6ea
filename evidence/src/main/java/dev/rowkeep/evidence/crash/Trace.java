package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process did to the files below a directory, in order, as the preloaded recorder wrote it.
 *
 * @param directory the directory
 * @param events in order
 */
record Trace(Path directory, List<DiskEvent> events) {
    /** Reads the recorder's file. */
    static Trace read(Path directory, Path record) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(record)).order(ByteOrder.nativeOrder());
        List<DiskEvent> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            events.add(next(bytes));
        }
        return new Trace(directory, List.copyOf(events));
    }

    /** What was done to {@code part}, a directory below this one, and to the files in it. */
    Trace in(Path part) {
        Set<Integer> files = new HashSet<>();
        List<DiskEvent> found = new ArrayList<>();
        for (DiskEvent event : events) {
            Path path = pathOf(event);
            if (path != null && path.startsWith(part)) {
                files.add(event.file());
            }
            if (files.contains(event.file())) {
                found.add(event);
            }
        }
        return new Trace(part, List.copyOf(found));
    }

    /** What the directory holds after all this, if it held {@code before}. */
    Image after(Image before) {
        Disk disk = Disk.of(before, directory);
        events.forEach(disk::apply);
        return disk.image(Disk.Names.AT_ONCE, Loss.NOTHING);
    }

    private static @Nullable Path pathOf(DiskEvent event) {
        if (event instanceof DiskEvent.Appeared appeared) {
            return appeared.path();
        }
        return event instanceof DiskEvent.DirectoryAppeared appeared ? appeared.path() : null;
    }

    private static DiskEvent next(ByteBuffer bytes) {
        char what = (char) bytes.get();
        int file = bytes.getInt();
        long offset = bytes.getLong();
        byte[] content = new byte[bytes.getInt()];
        bytes.get(content);
        return switch (what) {
            case 'C' -> new DiskEvent.Appeared(file, path(content), offset == 1);
            case 'D' -> new DiskEvent.DirectoryAppeared(file, path(content), offset == 1);
            case 'W' -> new DiskEvent.Written(file, offset, content);
            case 'T' -> new DiskEvent.Resized(file, offset);
            case 'F' -> new DiskEvent.Synced(file);
            case 'R' -> new DiskEvent.Renamed(file, path(content));
            case 'U' -> new DiskEvent.Removed(file);
            default -> throw new IllegalArgumentException("The record has an event '" + what + "' that nobody knows");
        };
    }

    private static Path path(byte[] content) {
        return Path.of(new String(content, StandardCharsets.UTF_8));
    }
}
