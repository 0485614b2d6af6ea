package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of a journal in order, as they were durable when it was opened; checked again as they are read. It reads on while records are
 * appended, and needs closing. Used by one thread; an interrupt does not disturb it.
 */
public final class JournalReader implements AutoCloseable {
    private final Deque<Segment> toRead;
    private final long after;
    private final Runnable atEnd;
    private @Nullable SegmentInput input;
    private boolean isClosed;

    private JournalReader(List<Segment> toRead, long after, Runnable atEnd) {
        this.toRead = new ArrayDeque<>(toRead);
        this.after = after;
        this.atEnd = atEnd;
    }

    /** Opens the first segment, so that it stays even if it is dropped. */
    static JournalReader open(List<Segment> toRead, long after) throws JournalException {
        return open(toRead, after, () -> {});
    }

    /** The same, which runs {@code atEnd} when it is closed. */
    static JournalReader open(List<Segment> toRead, long after, Runnable atEnd) throws JournalException {
        JournalReader reader = new JournalReader(toRead, after, atEnd);
        reader.openSegment();
        return reader;
    }

    /**
     * The next record, or null when there is none. Blocks for the disk.
     *
     * @throws JournalException {@code DAMAGED} if a file is not what was written; {@code PERMANENT} if it cannot be read, or was dropped
     *     since. The reader is closed then.
     * @throws IllegalStateException if it is closed
     */
    public @Nullable JournalRecord next() throws JournalException {
        if (isClosed) {
            throw new IllegalStateException("The reader is closed. Open another after the last record that it gave.");
        }
        JournalRecord record = nextInFiles();
        while (record != null && record.number() <= after) {
            record = nextInFiles();
        }
        return record;
    }

    private @Nullable JournalRecord nextInFiles() throws JournalException {
        while (input != null) {
            JournalRecord record = nextInSegment(input);
            if (record != null) {
                return record;
            }
            closeSegment();
            toRead.removeFirst();
            openSegment();
        }
        return null;
    }

    /** The next record of the segment, null at its end. */
    private @Nullable JournalRecord nextInSegment(SegmentInput segment) throws JournalException {
        boolean isRead = false;
        try {
            JournalRecord record = segment.next();
            if (record == null && !segment.isAtEnd()) {
                throw segment.damage();
            }
            isRead = true;
            return record;
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw JournalException.unreachable("read", toRead.element().file(), e);
        } finally {
            if (!isRead) {
                close();
            }
        }
    }

    private void openSegment() throws JournalException {
        Segment segment = toRead.peek();
        if (segment == null) {
            return;
        }
        try {
            input = SegmentInput.open(segment.file(), segment.length());
            if (!input.header().start().equals(segment.start())) {
                throw JournalException.damaged(segment.file(), 0, "the header is not the one that was there before");
            }
        } catch (JournalException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            throw Files.exists(segment.file())
                    ? JournalException.unreachable("read", segment.file(), e)
                    : gone(segment, e);
        }
    }

    private static JournalException gone(Segment segment, IOException cause) {
        return new JournalException(
                JournalException.Kind.PERMANENT,
                "Cannot read " + segment.file() + ": it is not there any more. If it was dropped since, read from the"
                        + " journal's new start on.",
                cause);
    }

    private void closeSegment() {
        if (input != null) {
            input.close();
            input = null;
        }
    }

    /** Lets go of the files; more than once is as good as once. */
    @Override
    public void close() {
        isClosed = true;
        closeSegment();
        atEnd.run();
    }
}
