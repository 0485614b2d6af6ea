package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells a torn tail from damage: looks for a whole record anywhere behind the place where none begins. Every record was durable before the
 * next was written, so a crash leaves none there.
 *
 * <p>It takes time in proportion to the bytes searched, whatever they are: what has a length that fits and a number that could come is
 * checked through {@link RangeChecksums}, whose cost does not grow with the length.
 *
 * <p>A payload may contain a whole record of this format that has a number to come. If a crash tears the record with that payload, it is
 * called damage: a wrong refusal, not a wrong cut.
 */
final class TailSearch {
    private static final int WINDOW_BYTES = 1 << 16;

    /** The length and number of a record. */
    private static final int FIELDS_BYTES = 12;

    /** More records than a segment of usual size has; a number further ahead is chance. */
    private static final long MOST_AHEAD = 1 << 20;

    private final RandomAccessFile file;
    private final long from;
    private final long end;
    private final long last;
    private @Nullable RangeChecksums checksums;

    private TailSearch(RandomAccessFile file, long from, long end, long last) {
        this.file = file;
        this.from = from;
        this.end = end;
        this.last = last;
    }

    /**
     * Checks that a file may be cut.
     *
     * @param cut where no whole record begins
     * @param end the file's length
     * @param last the number of the last record before the cut
     * @throws JournalException {@code DAMAGED} if a whole record with a later number begins behind the cut
     */
    static void requireTorn(Path path, long cut, long end, long last) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long found = new TailSearch(file, cut + 1, end, last).find();
            if (found >= 0) {
                throw JournalException.damaged(
                        path,
                        cut,
                        "no whole record begins, but one does behind it, at byte " + found + ", which no crash leaves");
            }
        }
    }

    /** Where the first one begins, or -1. */
    private long find() throws IOException {
        byte[] bytes = new byte[WINDOW_BYTES + FIELDS_BYTES - 1];
        ByteBuffer window = ByteBuffer.wrap(bytes);
        long lastStart = end - SegmentFormat.OVERHEAD_BYTES;
        for (long at = from; at <= lastStart; at += WINDOW_BYTES) {
            file.seek(at);
            file.readFully(bytes, 0, (int) Math.min(bytes.length, end - at));
            int starts = (int) Math.min(WINDOW_BYTES, lastStart - at + 1);
            for (int i = 0; i < starts; i++) {
                if (canBegin(window, i, at + i) && isWhole(at + i, window.getInt(i))) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    private boolean canBegin(ByteBuffer window, int index, long at) {
        long ahead = window.getLong(index + SegmentFormat.NUMBER_OFFSET) - last;
        return ahead > 0 && ahead <= MOST_AHEAD && SegmentFormat.fits(window.getInt(index), end - at);
    }

    private boolean isWhole(long at, int length) throws IOException {
        if (checksums == null) {
            checksums = RangeChecksums.of(file, from, end);
        }
        long checksumAt = at + SegmentFormat.PREFIX_BYTES + length;
        file.seek(checksumAt);
        return file.readInt() == checksums.of(at, checksumAt);
    }
}
