package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.CommitHeader;
import dev.rowkeep.internal.codec.AuditLines;
import dev.rowkeep.log.LogExport;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.query.ExportException;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One file of the log in the making, and what it has come to hold. Used once, by one thread. */
final class AuditExport {
    private final FilteredLog log;
    private final FilteredLog.Stretch stretch;
    private final LogFilter filter;
    private final Entry entry;
    private final Consumer<LogExport.Progress> listener;
    private long commits;
    private long changes;
    private long first;
    private long last;

    AuditExport(
            FilteredLog log,
            FilteredLog.Stretch stretch,
            LogFilter filter,
            Entry entry,
            Consumer<LogExport.Progress> listener) {
        this.log = log;
        this.stretch = stretch;
        this.filter = filter;
        this.entry = entry;
        this.listener = listener;
    }

    /** How many commits the file holds something of. */
    long commits() {
        return commits;
    }

    /** The sequence of the first of these; 0 if there is none. */
    long first() {
        return first;
    }

    /** That of the last of these; 0 if there is none. */
    long last() {
        return last;
    }

    /**
     * Writes {@code file}, which is to be called {@code name}.
     *
     * @return how many changes it holds
     */
    long write(String name, Path file) throws IOException {
        // No channel: an interrupt would close it in the middle of a line and hide that it was an interrupt.
        try (AuditLines lines = new AuditLines(new FileOutputStream(file.toFile()))) {
            LogScan scan = log.scan(stretch);
            requireWanted(name);
            for (List<LoggedCommit> page = scan.next(Long.MAX_VALUE);
                    !page.isEmpty();
                    page = scan.next(Long.MAX_VALUE)) {
                for (LoggedCommit commit : page) {
                    write(commit, lines);
                }
                tell(scan.at());
                requireWanted(name);
            }
        }
        return changes;
    }

    private void write(LoggedCommit commit, AuditLines lines) throws IOException {
        CommitHeader header = log.decoder().header(commit.header());
        if (!filter.wants(header)) {
            return;
        }
        long before = changes;
        int place = 0;
        for (LoggedChange logged : commit.changes()) {
            place++;
            Optional<Change> wanted = log.decoder().wanted(logged, filter);
            if (wanted.isPresent()) {
                lines.write(
                        header,
                        ChainHash.of(commit.hash()),
                        new AuditLines.Place(place, commit.changes().size()),
                        log.decoder().layout(logged),
                        wanted.get());
                changes++;
            }
        }
        if (changes > before) {
            commits++;
            last = commit.header().sequence();
            first = first == 0 ? last : first;
        }
    }

    private void tell(long at) {
        try (CallbackScope scope = CallbackScope.enter("export listener")) {
            listener.accept(new LogExport.Progress(at - stretch.after(), stretch.upTo() - stretch.after(), changes));
        }
    }

    private void requireWanted(String name) {
        entry.requireOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw new ExportException(
                    name,
                    "the calling thread was interrupted. Nothing of the file is there. Export again if it is still wanted.",
                    new InterruptedException());
        }
    }
}
