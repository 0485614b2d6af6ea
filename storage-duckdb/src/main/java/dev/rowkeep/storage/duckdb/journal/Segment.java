package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One file of the journal, as far as it is durable.
 *
 * @param file where it is
 * @param start the place that its first record follows
 * @param end the place after its last durable record, {@code start} if it has none
 * @param length its durable bytes
 */
record Segment(Path file, Place start, Place end, long length) {
    static final String TEMPORARY = ".tmp";

    private static final String SUFFIX = ".rkj";
    private static final Pattern NAME = Pattern.compile("[0-9]{20}\\" + SUFFIX);

    /** One without records. */
    static Segment empty(Path directory, Place start) {
        return new Segment(fileIn(directory, start), start, start, SegmentFormat.HEADER_BYTES);
    }

    /** Where the segment is whose first record follows {@code start}. */
    static Path fileIn(Path directory, Place start) {
        return directory.resolve(String.format(Locale.ROOT, "%020d%s", start.number() + 1, SUFFIX));
    }

    /** Whether a file is named like a segment. */
    static boolean isNamed(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** What a file in the place of {@code file} is called while it is being made. */
    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    /** What a file in its place is called while it is being made. */
    Path temporary() {
        return temporary(file);
    }

    static boolean isTemporary(Path file) {
        return file.toString().endsWith(TEMPORARY);
    }

    boolean isEmpty() {
        return end.number() == start.number();
    }

    /** It with one more record of that many bytes. */
    Segment with(JournalRecord record, int bytes) {
        return new Segment(file, start, record.after(), length + bytes);
    }
}
