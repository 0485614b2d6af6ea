package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.CommitHeader;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.internal.codec.DroppedContents;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/** Turns what the storage holds of the log into what applications read. */
final class LogDecoder {
    private final IntFunction<StoreLayout> layouts;
    private final LongFunction<Position> positions;

    LogDecoder(IntFunction<StoreLayout> layouts, LongFunction<Position> positions) {
        this.layouts = layouts;
        this.positions = positions;
    }

    Commit commit(LoggedCommit logged) {
        List<Change> changes = new ArrayList<>(logged.changes().size());
        for (LoggedChange change : logged.changes()) {
            changes.add(change(change));
        }
        return new Commit(header(logged.header()), changes, ChainHash.of(logged.hash()));
    }

    /** The commit with only the changes that {@code filter} wants; empty if it wants none of them. */
    Optional<Commit> wanted(LoggedCommit logged, LogFilter filter) {
        CommitHeader header = header(logged.header());
        if (!filter.wants(header)) {
            return Optional.empty();
        }
        List<Change> wanted = new ArrayList<>(logged.changes().size());
        for (LoggedChange change : logged.changes()) {
            wanted(change, filter).ifPresent(wanted::add);
        }
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Commit(header, wanted, ChainHash.of(logged.hash())));
    }

    /** The change, if {@code filter} wants it; what its record alone rules out is not decoded. */
    Optional<Change> wanted(LoggedChange logged, LogFilter filter) {
        return filter.wants(layout(logged).name(), logged.key())
                ? Optional.of(change(logged)).filter(filter::wants)
                : Optional.empty();
    }

    /** The layout of the store that was changed. */
    StoreLayout layout(LoggedChange logged) {
        return layouts.apply(logged.storeId());
    }

    Change change(LoggedChange logged) {
        StoreLayout layout = layout(logged);
        if (DroppedContents.of(logged)) {
            return new Change(
                    layout.name(), logged.key(), logged.version(), logged.kind(), List.of(), Change.Contents.DROPPED);
        }
        List<CellChange> cells = new ArrayList<>();
        for (CellDelta cell : DeltaCodec.decode(layout, logged.delta())) {
            String column = layout.columns().get(cell.ordinal()).name();
            cells.add(
                    cell.isErased()
                            ? new CellChange(column, Erased.ERASED, Erased.ERASED)
                            : new CellChange(column, cell.before(), cell.after()));
        }
        return new Change(layout.name(), logged.key(), logged.version(), logged.kind(), cells);
    }

    CommitHeader header(LoggedHeader logged) {
        return new CommitHeader(
                positions.apply(logged.sequence()),
                StoreState.instant(logged.timeMicros()),
                logged.author(),
                Optional.ofNullable(logged.reason()),
                Optional.ofNullable(logged.correlationId()));
    }
}
