package dev.rowkeep.evidence.crash;

import java.nio.file.Path;

/** What a recorded process did to its files. A file or directory is a number, because names come and go. */
sealed interface DiskEvent {
    /** The file. */
    int file();

    /** A file came into sight at {@code path}; {@code isNew} if the process made it. */
    record Appeared(int file, Path path, boolean isNew) implements DiskEvent {}

    /** A directory came into sight at {@code path}; {@code isNew} if the process made it. */
    record DirectoryAppeared(int file, Path path, boolean isNew) implements DiskEvent {}

    /** Bytes were written. */
    record Written(int file, long offset, byte[] bytes) implements DiskEvent {}

    /** A file was cut, or grew by zeros. */
    record Resized(int file, long length) implements DiskEvent {}

    /** A file's bytes, or a directory's entries, were synced. */
    record Synced(int file) implements DiskEvent {}

    /** A file or directory got another path. */
    record Renamed(int file, Path path) implements DiskEvent {}

    /** A file's or directory's name was taken away. */
    record Removed(int file) implements DiskEvent {}
}
