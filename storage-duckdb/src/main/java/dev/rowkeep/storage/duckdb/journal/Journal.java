package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records in the order of their commit, each durable when {@link #append} returns: a directory of segment files, of which only the newest
 * is written to.
 *
 * <p>A record is written whole and synced before the next one is written. So a crash leaves at most one record that is not whole, at the
 * end of the newest segment, and it was never acknowledged; opening cuts it off, with the zeros behind it. Whatever else is not as it was written is damage: opening
 * and reading refuse it, and change nothing.
 *
 * <p>What the files alone cannot show: a byte that was changed within the very last record makes that look like a record that a crash left
 * unfinished, and a journal from whose end whole records or segments were taken looks like a shorter one. Only who keeps {@link #last()}
 * elsewhere, as an anchor, notices.
 *
 * <p>Appending, recovering, dropping, rewriting and closing are for one thread at a time, the owner's writer; everything else is for any thread at any
 * time. Methods that throw {@link JournalException} block for the disk. An interrupt is left to the caller and changes nothing. That no
 * two processes have the directory open is the owner's business. A closed journal says what it knew, and throws
 * {@link IllegalStateException} for the rest.
 */
public final class Journal implements AutoCloseable {
    private final Path directory;
    private final Identity identity;
    private final JournalOptions options;
    private final Disk disk;
    private final SegmentWriter writer;
    private final SegmentDropping dropping;
    private final JournalRewriting rewriting;
    private volatile Segments segments;
    private volatile boolean isClosed;

    /**
     * Whose journal it is: every segment has it, so that one of another database is refused.
     *
     * @param incarnation the database's
     * @param epoch which journal of that database it is
     */
    public record Identity(UUID incarnation, long epoch) {}

    /**
     * A place between two records.
     *
     * @param number of the record before it, 0 before the first
     * @param hash the log's hash there, 32 bytes, zeros before the first
     */
    public record Place(long number, byte[] hash) {
        /**
         * Copies the hash.
         *
         * @throws IllegalArgumentException if the number is negative or the hash is not 32 bytes long
         */
        public Place {
            if (number < 0) {
                throw new IllegalArgumentException("A place's number is at least 0, not " + number);
            }
            hash = SegmentFormat.copyOfHash(hash);
        }

        @Override
        public byte[] hash() {
            return hash.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && number == place.number && Arrays.equals(hash, place.hash);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number) * 31 + Arrays.hashCode(hash);
        }

        @Override
        public String toString() {
            return "after record " + number + ", hash " + HexFormat.of().formatHex(hash);
        }
    }

    private Journal(Path directory, Identity identity, Segments segments, JournalOptions options, Disk disk)
            throws JournalException {
        this.directory = directory;
        this.identity = identity;
        this.segments = segments;
        this.options = options;
        this.disk = disk;
        this.writer = SegmentWriter.open(directory, segments.newest(), options, disk);
        this.dropping = new SegmentDropping(directory, disk);
        this.rewriting = new JournalRewriting(directory, writer, disk);
    }

    /**
     * Makes a new journal without records. It is there as a whole or not at all, and durable on return.
     *
     * @param directory where; nothing may be there, and its parent must be
     * @param start the place that its first record follows
     * @throws JournalException {@code PERMANENT} if something is there, {@code ROLLED_BACK} if it failed and nothing is there,
     *     {@code UNKNOWN_OUTCOME} if it is there, but may not outlast a crash until it has been opened
     */
    public static Journal create(Path directory, Identity identity, Place start, JournalOptions options)
            throws JournalException {
        return create(directory, identity, start, options, Disk.REAL);
    }

    static Journal create(Path directory, Identity identity, Place start, JournalOptions options, Disk disk)
            throws JournalException {
        Path absolute = absolute(directory);
        SegmentHeader header = new SegmentHeader(identity, start);
        Creation.create(absolute, temporary -> new JournalFiles(temporary, disk).create(header), disk);
        return new Journal(absolute, identity, Segments.of(List.of(Segment.empty(absolute, start))), options, disk);
    }

    /** What writes the files of a journal into an empty directory, durable each. */
    @FunctionalInterface
    public interface Content {
        /** Writes them. */
        void writeTo(Path directory) throws IOException;
    }

    /**
     * Puts a journal where none is, of files that {@link #copyTo} wrote. It is there as a whole or not at all, and durable on return.
     *
     * @param directory where; nothing may be there, and its parent must be
     * @param content an exception of its own passes, and nothing is there
     * @throws JournalException as {@link #create}
     */
    public static void place(Path directory, Content content) throws JournalException {
        Disk disk = Disk.REAL;
        Creation.create(
                absolute(directory),
                temporary -> {
                    boolean isWritten = false;
                    try {
                        content.writeTo(temporary);
                        disk.syncDirectory(temporary);
                        isWritten = true;
                    } finally {
                        if (!isWritten) {
                            Creation.discard(temporary, disk);
                        }
                    }
                },
                disk);
    }

    /**
     * Opens a journal that is there. Reads and checks all of it, cuts off a record that a crash left unfinished, removes temporary files,
     * and makes durable what it found before it returns.
     *
     * @throws JournalException {@code DAMAGED} if a file is not what was written, and nothing was changed then; {@code PERMANENT} if it is
     *     not there, cannot be read or could not be made durable
     */
    public static Journal open(Path directory, JournalOptions options) throws JournalException {
        return open(directory, options, Disk.REAL);
    }

    static Journal open(Path directory, JournalOptions options, Disk disk) throws JournalException {
        Path absolute = absolute(directory);
        Opening.Found found = Opening.open(absolute, disk);
        return new Journal(absolute, found.identity(), found.segments(), options, disk);
    }

    private static Path absolute(Path directory) {
        return directory.toAbsolutePath().normalize();
    }

    /** Whose journal it is. */
    public Identity identity() {
        return identity;
    }

    /** The place that the oldest record still there follows. */
    public Place start() {
        return segments.start();
    }

    /** The place after the newest durable record. */
    public Place last() {
        return segments.last();
    }

    /**
     * Appends one record, durable on return.
     *
     * @throws IllegalArgumentException if the record does not follow {@link #last()}
     * @throws JournalException {@code ROLLED_BACK} if it was not written; {@code UNKNOWN_OUTCOME} if nobody knows, and then nothing is
     *     appended before {@link #recover()} has succeeded
     */
    public void append(JournalRecord record) throws JournalException {
        requireOpen();
        requireNext(record);
        if (writer.isUncertain()) {
            throw new JournalException(
                    Kind.ROLLED_BACK,
                    "Record " + record.number() + " was not written to the journal " + directory
                            + ": an earlier one failed, and nobody knows whether it is there. Call recover() first,"
                            + " then append again.",
                    null);
        }
        Segment newest = segments.newest();
        if (newest.length() >= options.segmentBytes() && !newest.isEmpty()) {
            beginSegment();
        }
        byte[] bytes = SegmentFormat.encode(record);
        Segments after = segments.with(record, bytes.length);
        writer.append(segments.newest(), record, bytes);
        segments = after;
    }

    private void beginSegment() throws JournalException {
        Segment empty = Segment.empty(directory, last());
        Segments after = segments.with(empty);
        writer.begin(empty, new SegmentHeader(identity, empty.start()));
        segments = after;
    }

    private void requireNext(JournalRecord record) {
        Place last = last();
        if (record.number() != last.number() + 1) {
            throw new IllegalArgumentException(
                    "Cannot append record " + record.number() + ": the next one is " + (last.number() + 1));
        }
        if (!Arrays.equals(record.hashBefore(), last.hash())) {
            throw new IllegalArgumentException("Cannot append record " + record.number()
                    + ": the hash before it is not the one after record " + last.number());
        }
    }

    /**
     * Makes certain, after a failed append, that its record is not there and that all acknowledged ones are: the newest segment is replaced
     * by a copy that ends with the last of them. Does nothing if nothing is uncertain.
     *
     * @return {@link #last()}
     * @throws JournalException {@code UNKNOWN_OUTCOME} if that failed, and it may be called again; {@code DAMAGED} if an acknowledged record
     *     is not there as it was written
     */
    public Place recover() throws JournalException {
        requireOpen();
        if (writer.isUncertain()) {
            writer.recover(segments.newest());
        }
        return last();
    }

    /**
     * The records after number {@code after} that are durable now, in order. Reads from the beginning of the segment that has the first of
     * them. Recovering and dropping leave the file alone that it just reads, but may have to wait for it on systems that do not replace or
     * delete open files. While it is open the journal is not written anew, and it waits while that is done.
     *
     * @throws IllegalArgumentException if {@code after} is negative or above the last record's number
     * @throws JournalException {@code PERMANENT} if the next record was dropped already or the files cannot be read
     */
    public JournalReader read(long after) throws JournalException {
        requireOpen();
        ReadHold hold = rewriting.hold();
        boolean isOpen = false;
        try {
            JournalReader reader = reader(after, hold);
            isOpen = true;
            return reader;
        } finally {
            if (!isOpen) {
                hold.close();
            }
        }
    }

    private JournalReader reader(long after, ReadHold hold) throws JournalException {
        Segments now = segments;
        if (after < 0 || after > now.last().number()) {
            throw new IllegalArgumentException("Cannot read after record " + after + ": the last one is "
                    + now.last().number());
        }
        if (after < now.start().number()) {
            throw new JournalException(
                    Kind.PERMANENT,
                    "Cannot read after record " + after + ": the journal " + directory + " begins after record "
                            + now.start().number() + ", earlier ones were dropped. Read from there on.",
                    null);
        }
        return JournalReader.open(now.after(after), after, hold::close);
    }

    /**
     * Writes the records that are durable now into another directory, as a journal of its own, which is not synced. Waits while the journal is
     * being written anew.
     *
     * @param directory where; nothing may be there, and its parent must be
     * @throws JournalException {@code PERMANENT} if it cannot be written, or what is to be read cannot; {@code DAMAGED} if a record is not what
     *     was written
     */
    public void copyTo(Path directory) throws JournalException {
        requireOpen();
        try (ReadHold hold = rewriting.hold()) {
            disk.createDirectory(directory);
            for (Segment segment : segments.all()) {
                new SegmentCopy(disk, segment).writeTo(directory, identity);
            }
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw JournalException.unreachable("copy the journal to", directory, e);
        }
    }

    /**
     * Deletes whole segments, oldest first, all of whose records have numbers up to {@code through}; never the newest segment. Each is
     * durably gone before the next goes, so that a crash leaves no gap.
     *
     * @throws JournalException {@code ROLLED_BACK} if some could not be deleted; nothing else is lost, and any later call goes on with them
     */
    public void dropThrough(long through) throws JournalException {
        requireOpen();
        List<Segment> old = segments.through(through);
        segments = segments.withoutOldest(old.size());
        dropping.drop(old);
    }

    /**
     * Gives records other payloads, durably on return: each segment of which one changes is written anew, oldest first, and takes the place of
     * the old one, of which nothing is left. So after a crash each is as it was or as it was to be. Numbers and hashes stay. Waits for open
     * readers.
     *
     * @param change an exception of its own passes, and segments before that record may be written anew
     * @throws JournalException {@code ROLLED_BACK} if not all could be written: what is there is whole, and it may be called again;
     *     {@code UNKNOWN_OUTCOME} if moreover nothing is appended before {@link #recover()} has succeeded; {@code DAMAGED} if a record is not what
     *     was written
     */
    public void rewrite(Rewriting change) throws JournalException {
        requireOpen();
        rewriting.rewrite(segments, change, now -> segments = now);
    }

    /** The place that the segment ends at that begins at {@code start}; empty if none does, or if it is the newest, to which records are appended. */
    public Optional<Place> sealedEnd(Place start) {
        return segments.sealed(start).map(Segment::end);
    }

    /**
     * Does what {@link #rewrite} does to one segment that is not the newest, unless somebody reads the journal.
     *
     * @param start where the segment begins, of which {@link #sealedEnd} tells the end
     * @return whether it was done: false if it would have to wait for a reader, and then nothing was
     * @throws JournalException as {@link #rewrite}
     */
    public boolean rewriteSealed(Place start, Rewriting change) throws JournalException {
        requireOpen();
        return rewriting.rewriteOne(segments, segments.sealed(start).orElseThrow(), change, now -> segments = now);
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("The journal " + directory + " is closed. Open it again.");
        }
    }

    /** Lets go of the files; more than once is as good as once. Readers that are open go on. */
    @Override
    public void close() {
        isClosed = true;
        writer.close(segments.newest());
    }
}
