package dev.rowkeep.log;

import dev.rowkeep.commit.Position;
import java.util.function.Consumer;

/**
 * Writes what the log says into files of one folder, for auditors and their tools: one line of JSON for each change, with who, when, why,
 * the cells before and after, and the commit's hash. The form is described in {@code docs/audit-export.md}. Immutable and safe for use by
 * several threads.
 *
 * <p>A file appears under its name when it is whole and on the disk, and takes the place of one that has the name; until then it is
 * beside it under a name that ends with {@code .tmp}, which a crash can leave behind. Nothing outside the folder is written.
 */
public interface LogExport {
    /**
     * Only the commits after a place; from the log's start unless this is called.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head
     */
    LogExport after(Position place);

    /**
     * Only the commits up to a place, that one included; up to the head, as it is when {@link #write} is called, unless this is called.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head
     */
    LogExport upTo(Position place);

    /** Only the changes that {@code wanted} wants; its times bound what is read. Every change unless this is called. */
    LogExport filter(LogFilter wanted);

    /** With the changes of the library's own stores, which are left out unless this is called: leases, and what was undone. */
    LogExport withOwnStores();

    /**
     * Tells {@code listener} after each page how far the export is, on the thread that exports. What it throws ends the export; calls
     * back into the library are refused.
     */
    LogExport onProgress(Consumer<Progress> listener);

    /**
     * Writes the file. Blocks while it runs; writers are not held up. A page of the log is held in memory at a time.
     *
     * <p>An interrupt of the calling thread ends it: that is an {@link dev.rowkeep.query.ExportException}, and the thread stays
     * interrupted. Whatever ends it, nothing of the file is there, and a file of that name is as it was.
     *
     * @param name the file's name below the folder, such as {@code audit.jsonl} or {@code 2026/may.jsonl}, which ends with {@code .jsonl}
     * @throws IllegalArgumentException if {@code name} is not one of a file below the folder with that end
     * @throws dev.rowkeep.query.ExportException if the file cannot be written, or the calling thread is interrupted
     */
    ExportedLog write(String name);

    /**
     * How far an export is.
     *
     * @param read how many commits were looked at
     * @param toRead how many there are to look at in all
     * @param changes how many changes were written
     */
    record Progress(long read, long toRead, long changes) {}
}
