package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.log.ExportedLog;
import dev.rowkeep.log.LogExport;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.query.ExportedFile;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder that the log is written into.
 *
 * @param upTo the last place; null for the head
 */
record EngineLogExport(
        EngineLog log,
        ExportFolder folder,
        Position after,
        @Nullable Position upTo,
        LogFilter wanted,
        OwnStores ownStores,
        Consumer<Progress> listener)
        implements LogExport {
    private static final String SUFFIX = ".jsonl";

    /** Whether the library's own stores are part of it. */
    enum OwnStores {
        LEFT_OUT,
        INCLUDED
    }

    /** All of {@code log}. */
    static EngineLogExport of(EngineLog log, ExportFolder folder) {
        return new EngineLogExport(
                log, folder, log.start(), null, LogFilter.everything(), OwnStores.LEFT_OUT, progress -> {});
    }

    @Override
    public LogExport after(Position place) {
        log.sequence(place);
        return new EngineLogExport(log, folder, place, upTo, wanted, ownStores, listener);
    }

    @Override
    public LogExport upTo(Position place) {
        log.sequence(place);
        return new EngineLogExport(log, folder, after, place, wanted, ownStores, listener);
    }

    @Override
    public LogExport filter(LogFilter other) {
        return new EngineLogExport(log, folder, after, upTo, other, ownStores, listener);
    }

    @Override
    public LogExport withOwnStores() {
        return new EngineLogExport(log, folder, after, upTo, wanted, OwnStores.INCLUDED, listener);
    }

    @Override
    public LogExport onProgress(Consumer<Progress> other) {
        return new EngineLogExport(log, folder, after, upTo, wanted, ownStores, other);
    }

    @Override
    public ExportedLog write(String name) {
        log.entry().check("export");
        if (!name.endsWith(SUFFIX)) {
            throw ExportFolder.unfit(name, "its end says another format. It must be " + SUFFIX + ".");
        }
        LogFilter filter = ownStores == OwnStores.INCLUDED ? wanted : wanted.withoutOwnStores();
        long last = log.sequence(upTo == null ? log.head() : upTo);
        FilteredLog.Stretch stretch = log.filtered().stretch(filter, log.sequence(after), last);
        AuditExport export = new AuditExport(log.filtered(), stretch, filter, log.entry(), listener);
        ExportedFile file = log.kept()
                .reading(stretch.after(), () -> folder.write(name, unfinished -> export.write(name, unfinished)));
        return new ExportedLog(
                file.path(),
                export.commits(),
                file.rows(),
                file.bytes(),
                place(export.first()),
                place(export.last()),
                log.filtered().position(stretch.upTo()));
    }

    private Optional<Position> place(long sequence) {
        return sequence == 0 ? Optional.empty() : Optional.of(log.filtered().position(sequence));
    }
}
