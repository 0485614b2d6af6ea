package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.MergedCell;
import dev.rowkeep.internal.merge.CellMerger;
import dev.rowkeep.internal.merge.CellOutcome;
import dev.rowkeep.internal.merge.Operations;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Image;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an edit means on a given image: pure, used by the arbiter, by callers that must run their own code, and by previews.
 *
 * <p>A record that results from a merge or an operation is judged as a whole: cells that were right one by one need not be right
 * together.
 */
final class Evaluation {
    /** What an edit wants of an image. */
    sealed interface Step {
        /** These cells, of which {@code changed} differ; null cells are a delete. */
        record Target(@Nullable Object @Nullable [] cells, BitSet changed, boolean merged, List<MergedCell> decided)
                implements Step {}

        /** Nothing. */
        record Nothing() implements Step {}

        /** It cannot: another writer. */
        record Clash(Conflict.Reason reason, List<CellConflict> cells) implements Step {}

        /** It cannot: a rule. */
        record Broken(RecordVerdict verdict) implements Step {}
    }

    private static final Step NOTHING = new Step.Nothing();

    private Evaluation() {}

    static Step evaluate(PreparedEdit edit, @Nullable Image current) {
        if (edit.kind() == ChangeKind.INSERT) {
            return insert(edit, current);
        }
        if (current == null || !current.isLive()) {
            return new Step.Clash(Conflict.Reason.MISSING, List.of());
        }
        if (edit.kind() == ChangeKind.DELETE) {
            boolean stands = edit.expectedVersion() == 0 || edit.expectedVersion() == current.version();
            return stands
                    ? new Step.Target(null, present(current.cells()), false, List.of())
                    : new Step.Clash(Conflict.Reason.STALE_VERSION, List.of());
        }
        return update(edit, current);
    }

    /** The cells in which two records differ; a null array has no values. */
    static BitSet difference(@Nullable Object @Nullable [] before, @Nullable Object[] after) {
        BitSet changed = new BitSet(after.length);
        for (int i = 0; i < after.length; i++) {
            if (!Objects.equals(before == null ? null : before[i], after[i])) {
                changed.set(i);
            }
        }
        return changed;
    }

    private static BitSet present(@Nullable Object[] cells) {
        return difference(null, cells);
    }

    private static Step insert(PreparedEdit edit, @Nullable Image current) {
        if (current != null && current.isLive()) {
            return new Step.Clash(Conflict.Reason.EXISTS, List.of());
        }
        @Nullable Object[] cells = Objects.requireNonNull(edit.cells());
        return new Step.Target(cells, present(cells), false, List.of());
    }

    private static Step update(PreparedEdit edit, Image current) {
        if (edit.stand() instanceof PreparedEdit.Stand.Version expected && expected.version() != current.version()) {
            return new Step.Clash(Conflict.Reason.STALE_VERSION, mineAgainst(edit, current));
        }
        PreparedEdit.Computed computed = edit.computed();
        if (computed != null) {
            return computed.changed().isEmpty()
                    ? NOTHING
                    : new Step.Target(computed.cells(), computed.changed(), computed.merged(), computed.decided());
        }
        @Nullable Object[] cells = current.cells().clone();
        List<MergedCell> decided = new ArrayList<>(0);
        List<CellConflict> undecided = new ArrayList<>(0);
        List<CellVerdict> rejected = new ArrayList<>(0);
        boolean merged = edit.stand() instanceof PreparedEdit.Stand.Cells base && base.version() != current.version();
        put(edit, current, merged, cells, decided, undecided);
        operate(edit, cells, rejected);
        if (!undecided.isEmpty()) {
            return new Step.Clash(Conflict.Reason.CELLS, undecided);
        }
        if (!rejected.isEmpty()) {
            return new Step.Broken(new RecordVerdict(rejected));
        }
        BitSet changed = difference(current.cells(), cells);
        if (changed.isEmpty()) {
            return NOTHING;
        }
        RecordVerdict verdict = edit.store().schema().judge(current.key(), cells);
        return verdict.isAccepted() ? new Step.Target(cells, changed, merged, decided) : new Step.Broken(verdict);
    }

    private static void put(
            PreparedEdit edit,
            Image current,
            boolean merged,
            @Nullable Object[] cells,
            List<MergedCell> decided,
            List<CellConflict> undecided) {
        for (PreparedEdit.Put put : edit.puts()) {
            int i = put.ordinal();
            if (!merged) {
                cells[i] = put.value();
                continue;
            }
            @Nullable Object base = ((PreparedEdit.Stand.Cells) edit.stand()).cells()[i];
            @Nullable Object theirs = current.cells()[i];
            Column<?> column = edit.store().schema().columns().get(i);
            CellOutcome outcome = CellMerger.merge(column, base, put.value(), theirs);
            if (outcome instanceof CellOutcome.Mine) {
                cells[i] = put.value();
            } else if (outcome instanceof CellOutcome.Decided rule) {
                cells[i] = rule.value();
                decided.add(new MergedCell(column.name(), column.mergeRule(), base, put.value(), theirs, rule.value()));
            } else if (outcome instanceof CellOutcome.Undecided) {
                undecided.add(new CellConflict(column.name(), base, put.value(), theirs));
            }
        }
    }

    private static void operate(PreparedEdit edit, @Nullable Object[] cells, List<CellVerdict> rejected) {
        Schema<?, ?> schema = edit.store().schema();
        for (PreparedEdit.Operation operation : edit.operations()) {
            int i = operation.ordinal();
            CellVerdict verdict = Operations.apply(schema.columns().get(i), cells[i], operation.operation());
            if (verdict instanceof CellVerdict.Accepted accepted) {
                cells[i] = accepted.value();
            } else {
                rejected.add(verdict);
            }
        }
    }

    private static List<CellConflict> mineAgainst(PreparedEdit edit, Image current) {
        Schema<?, ?> schema = edit.store().schema();
        List<CellConflict> cells = new ArrayList<>();
        for (PreparedEdit.Put put : edit.puts()) {
            @Nullable Object theirs = current.cells()[put.ordinal()];
            if (!Objects.equals(put.value(), theirs)) {
                cells.add(new CellConflict(schema.columns().get(put.ordinal()).name(), null, put.value(), theirs));
            }
        }
        return cells;
    }
}
