package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.MergedCell;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RequestReusedException;
import dev.rowkeep.internal.codec.KeptOutcome;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that come again, on their callers' threads: what is kept of an answer is versions and names, the rest comes from the
 * history and from the request itself, which is the same one.
 */
final class Repeats {
    private final Histories histories;
    private final Results silent;

    Repeats(Histories histories, Results silent) {
        this.histories = histories;
        this.silent = silent;
    }

    /** What the first time was decided on each edit. */
    static List<KeptOutcome> kept(StoredRequest first) {
        return KeptOutcome.decode(first.outcome());
    }

    /** The failure of a request whose id was used for another. */
    static RequestReusedException reused(StoredRequest first) {
        return new RequestReusedException(first.id(), StoreState.instant(first.timeMicros()));
    }

    /** The answer to an edit that was sent as a request before. */
    <K, T> WriteResult.Duplicate<K, T> duplicate(
            StoreState<K, T> store, Edit<K, T> edit, PreparedEdit prepared, StoredRequest first) {
        WriteResult<K, T> result = result(store, edit, prepared, kept(first).get(0));
        return new WriteResult.Duplicate<>(result, store.position(first.sequence()));
    }

    /** The first answer to an edit. */
    <K, T> WriteResult<K, T> result(StoreState<K, T> store, Edit<K, T> edit, PreparedEdit prepared, KeptOutcome kept) {
        return silent.result(store, edit, prepared.coercions(), outcome(store, prepared.key(), prepared, kept));
    }

    /**
     * The first outcome.
     *
     * @param edit null for a closure
     */
    Outcome outcome(StoreState<?, ?> store, Object key, @Nullable PreparedEdit edit, KeptOutcome kept) {
        if (kept instanceof KeptOutcome.Written written) {
            return wrote(store, key, edit, written.version());
        }
        if (kept instanceof KeptOutcome.Merged merged) {
            Image before = image(store, key, merged.version() - 1);
            Image after = image(store, key, merged.version());
            return new Outcome.Wrote(before, after, true, mergedCells(edit, merged.columns(), before, after));
        }
        if (kept instanceof KeptOutcome.Unchanged unchanged) {
            return new Outcome.Same(image(store, key, unchanged.version()));
        }
        if (kept instanceof KeptOutcome.Conflicted conflicted) {
            Image met = conflicted.version() == 0 ? null : image(store, key, conflicted.version());
            Conflict.Reason reason = Conflict.Reason.valueOf(conflicted.reason());
            return new Outcome.Clash(reason, met, conflicts(edit, conflicted.columns(), met));
        }
        if (kept instanceof KeptOutcome.Rejected rejected) {
            return new Outcome.Broken(new RecordVerdict(List.copyOf(rejected.violations())));
        }
        return new Outcome.Passed();
    }

    private Outcome wrote(StoreState<?, ?> store, Object key, @Nullable PreparedEdit edit, long version) {
        boolean isDelete = edit != null && edit.kind() == ChangeKind.DELETE;
        return new Outcome.Wrote(
                isDelete ? image(store, key, version - 1) : null, image(store, key, version), false, List.of());
    }

    private static List<MergedCell> mergedCells(
            @Nullable PreparedEdit edit, List<String> columns, Image before, Image after) {
        List<MergedCell> cells = new ArrayList<>();
        for (String name : columns) {
            Column<?> column = column(edit, name);
            int i = edit == null ? 0 : edit.store().schema().ordinal(column);
            cells.add(new MergedCell(
                    name, column.mergeRule(), base(edit, i), mine(edit, i), before.cells()[i], after.cells()[i]));
        }
        return cells;
    }

    private static List<CellConflict> conflicts(
            @Nullable PreparedEdit edit, List<String> columns, @Nullable Image met) {
        List<CellConflict> cells = new ArrayList<>();
        for (String name : columns) {
            int i = Objects.requireNonNull(edit).store().schema().ordinal(column(edit, name));
            Object theirs = met == null || !met.isLive() ? null : met.cells()[i];
            cells.add(new CellConflict(name, base(edit, i), mine(edit, i), theirs));
        }
        return cells;
    }

    private static Column<?> column(@Nullable PreparedEdit edit, String name) {
        return Objects.requireNonNull(edit).store().schema().column(name);
    }

    private static @Nullable Object base(@Nullable PreparedEdit edit, int ordinal) {
        return edit != null && edit.stand() instanceof PreparedEdit.Stand.Cells base ? base.cells()[ordinal] : null;
    }

    private static @Nullable Object mine(@Nullable PreparedEdit edit, int ordinal) {
        for (PreparedEdit.Put put : Objects.requireNonNull(edit).puts()) {
            if (put.ordinal() == ordinal) {
                return put.value();
            }
        }
        return null;
    }

    private Image image(StoreState<?, ?> store, Object key, long version) {
        Histories.Content content = histories.at(store, key, version);
        @Nullable Object[] cells = content.cells();
        return new Image(
                key,
                version,
                content.changeId(),
                cells == null ? Image.Liveness.TOMBSTONE : Image.Liveness.LIVE,
                cells == null ? new Object[0] : cells,
                content.header().author(),
                content.header().timeMicros(),
                null,
                0);
    }
}
