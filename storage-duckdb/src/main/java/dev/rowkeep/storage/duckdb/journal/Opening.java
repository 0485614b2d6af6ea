package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.Journal.Identity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a journal's files, and makes durable what it found. Nothing is changed before everything has been checked.
 *
 * <p>The last record is written again in place before the sync. It may have been written by a process whose sync failed; the system then
 * has it in memory, marked as written though it is not, and would not write it for a sync alone.
 */
final class Opening {
    private final Path directory;
    private final Disk disk;
    private final List<Segment> segments = new ArrayList<>();
    private @Nullable SegmentHeader header;
    private @Nullable JournalRecord newestRecord;

    private Opening(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /**
     * What was found, durable.
     *
     * @param identity whose journal it is
     * @param segments its segments
     */
    record Found(Identity identity, Segments segments) {}

    /** Checks and syncs what is in {@code directory}. */
    static Found open(Path directory, Disk disk) throws JournalException {
        if (!Files.isDirectory(directory)) {
            throw new JournalException(
                    JournalException.Kind.PERMANENT,
                    "Cannot open the journal " + directory
                            + ": there is no such directory. Check the path; restore the journal together with its"
                            + " database.",
                    null);
        }
        try {
            return new Opening(directory, disk).open();
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw JournalException.unreachable("open the journal", directory, e);
        }
    }

    private Found open() throws IOException {
        List<Path> entries = JournalFiles.entries(directory);
        List<Path> files = entries.stream().filter(Segment::isNamed).toList();
        for (Path file : files) {
            check(file, file.equals(files.get(files.size() - 1)));
        }
        if (header == null) {
            throw JournalException.damaged(directory, 0, "there is no segment");
        }
        Found found = new Found(header.identity(), Segments.of(segments));
        for (Path each : entries) {
            if (Segment.isTemporary(each)) {
                disk.delete(each);
            }
        }
        settle(found.segments().newest());
        return found;
    }

    private void check(Path file, boolean isNewest) throws IOException {
        long length = Files.size(file);
        try (SegmentInput input = SegmentInput.open(file, length)) {
            requireFollowing(file, input.header());
            JournalRecord record = input.next();
            while (record != null) {
                newestRecord = record;
                record = input.next();
            }
            if (!input.isAtEnd()) {
                if (!isNewest) {
                    throw input.damage();
                }
                TailSearch.requireTorn(
                        file, input.position(), length, input.place().number());
            }
            segments.add(new Segment(file, input.header().start(), input.place(), input.position()));
        }
    }

    /** Checks that a segment begins where the one before ends. */
    private void requireFollowing(Path file, SegmentHeader found) throws JournalException {
        if (!file.equals(Segment.fileIn(directory, found.start()))) {
            throw JournalException.damaged(
                    file,
                    0,
                    "the header says that the first record is " + (found.start().number() + 1));
        }
        if (header == null) {
            header = found;
            return;
        }
        if (!found.identity().equals(header.identity())) {
            throw JournalException.damaged(
                    file,
                    0,
                    "the header names another journal, " + found.identity() + " instead of " + header.identity());
        }
        Segment before = segments.get(segments.size() - 1);
        if (!found.start().equals(before.end())) {
            throw JournalException.damaged(
                    file,
                    0,
                    "the header says that it follows record " + found.start().number()
                            + ", and it does not follow record " + before.end().number() + ", the last one before it");
        }
    }

    /** Cuts what follows the newest segment's last whole record, and makes the rest durable. */
    private void settle(Segment newest) throws IOException {
        try (RandomAccessFile file = disk.open(newest.file())) {
            if (file.length() > newest.length()) {
                disk.truncate(file, newest.length());
            }
            if (newestRecord != null && !newest.isEmpty()) {
                byte[] bytes = SegmentFormat.encode(newestRecord);
                file.seek(newest.length() - bytes.length);
                disk.write(file, bytes, bytes.length);
            }
            disk.sync(file);
        }
        disk.syncDirectory(directory);
        Path parent = directory.getParent();
        if (parent != null) {
            disk.syncDirectory(parent);
        }
    }
}
