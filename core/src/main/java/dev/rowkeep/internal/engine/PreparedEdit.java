package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.Basis;
import dev.rowkeep.edit.CellOperation;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.MergedCell;
import dev.rowkeep.schema.CellVerdict;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An edit whose cells have been coerced and judged by its caller, in the form that the arbiter decides on.
 *
 * @param store the store
 * @param key the canonical key
 * @param kind insert, update or delete
 * @param cells of an insert, the whole record
 * @param puts of an update, the cells to put
 * @param operations of an update, the declared operations
 * @param stand what the edit stands on
 * @param computed of an update that its caller computed whole, the result
 * @param coercions the raw values that were bent to fit
 * @param source the edit as the application made it; null for closures
 */
record PreparedEdit(
        StoreState<?, ?> store,
        Object key,
        ChangeKind kind,
        @Nullable Object @Nullable [] cells,
        List<Put> puts,
        List<Operation> operations,
        Stand stand,
        @Nullable Computed computed,
        List<CellVerdict.Coerced> coercions,
        @Nullable Edit<?, ?> source) {

    /** A cell to put. */
    record Put(int ordinal, @Nullable Object value) {}

    /** A declared operation on a cell. */
    record Operation(int ordinal, CellOperation operation) {}

    /** A whole record that a caller computed and judged from exactly the version that the edit expects. */
    record Computed(@Nullable Object[] cells, BitSet changed, byte[] delta, boolean merged, List<MergedCell> decided) {}

    /** What an edit stands on. */
    sealed interface Stand {
        /** Whatever is there. */
        record Anything() implements Stand {}

        /** Exactly this version. */
        record Version(long version) implements Stand {}

        /** This version with these cells, to be merged with what came later. */
        record Cells(long version, @Nullable Object[] cells) implements Stand {}
    }

    /** The same edit, computed whole by its caller from {@code version}. */
    PreparedEdit computedOn(long version, Computed result) {
        return new PreparedEdit(
                store, key, kind, null, puts, operations, new Stand.Version(version), result, coercions, source);
    }

    /** How long ago a user's last touch must be, in microseconds; 0 if that does not matter. */
    long guardMicros() {
        return source == null ? 0 : TimeUnit.MICROSECONDS.convert(source.guard());
    }

    /** Whether {@code outcome} means no more than that a computation came too late, and is to be done again. */
    boolean isLate(Outcome outcome) {
        boolean isStrict = source != null && source.basis() instanceof Basis.Expecting;
        return computed != null
                && !isStrict
                && outcome instanceof Outcome.Clash clash
                && clash.reason() == Conflict.Reason.STALE_VERSION;
    }

    /** The version that the edit stands on; 0 where it stands on none. */
    long expectedVersion() {
        return stand instanceof Stand.Version v ? v.version() : stand instanceof Stand.Cells c ? c.version() : 0;
    }
}
