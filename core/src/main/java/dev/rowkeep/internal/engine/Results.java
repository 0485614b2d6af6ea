package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.Basis;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Deferral;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.MergedCell;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.spi.Image;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns outcomes into what callers get, on the callers' threads, and tells the observer. */
final class Results {
    private final Observer observer;

    Results(Observer observer) {
        this.observer = observer;
    }

    <K, T> WriteResult<K, T> result(
            StoreState<K, T> store, Edit<K, T> edit, List<CellVerdict.Coerced> coercions, Outcome outcome) {
        if (outcome instanceof Outcome.Wrote wrote) {
            VersionedRecord<K, T> record = written(store, wrote);
            if (!wrote.merged()) {
                return new WriteResult.Applied<>(record, coercions);
            }
            observer.tell(new KeepEvent.EditMerged(
                    store.schema().name(),
                    wrote.cells().stream().map(MergedCell::column).toList()));
            return new WriteResult.Merged<>(record, wrote.cells());
        }
        if (outcome instanceof Outcome.Same same) {
            return new WriteResult.Unchanged<>(store.record(same.current()));
        }
        if (outcome instanceof Outcome.Clash clash) {
            observer.tell(new KeepEvent.ConflictFound(
                    store.schema().name(),
                    clash.reason(),
                    clash.cells().stream().map(CellConflict::column).toList()));
            return new WriteResult.Conflicted<>(conflict(store, edit, clash));
        }
        if (outcome instanceof Outcome.Deferred deferred) {
            return new WriteResult.Deferred<>(deferral(store, deferred));
        }
        return rejected(store, ((Outcome.Broken) outcome).verdict());
    }

    <K, T> WriteResult.Rejected<K, T> rejected(StoreState<K, T> store, RecordVerdict verdict) {
        if (observer.isListening()) {
            for (CellVerdict.Rejected violation : verdict.violations()) {
                observer.tell(new KeepEvent.ValueRejected(store.schema().name(), violation.column(), violation.rule()));
            }
        }
        return new WriteResult.Rejected<>(store.schema().name(), verdict);
    }

    static Deferral deferral(StoreState<?, ?> store, Outcome.Deferred deferred) {
        Image current = deferred.current();
        return new Deferral(
                store.schema().name(),
                current.key(),
                Objects.requireNonNull(current.userAuthor()),
                StoreState.instant(current.userTimeMicros()),
                StoreState.instant(deferred.untilMicros()));
    }

    /** The record that a write left; of a delete, what was deleted. */
    static <K, T> VersionedRecord<K, T> written(StoreState<K, T> store, Outcome.Wrote wrote) {
        Image after = wrote.after();
        return after.isLive()
                ? store.record(after)
                : store.record(after, Objects.requireNonNull(wrote.before()).cells());
    }

    static <K, T> Conflict<K, T> conflict(StoreState<K, T> store, Edit<K, T> edit, Outcome.Clash clash) {
        Image current = clash.current();
        return new Conflict<>(
                clash.reason(),
                edit,
                base(edit),
                current == null || !current.isLive() ? Optional.empty() : Optional.of(store.record(current)),
                expectedVersion(edit),
                current == null ? 0 : current.version(),
                clash.cells(),
                Optional.ofNullable(current).map(Image::author),
                Optional.ofNullable(current).map(image -> StoreState.instant(image.timeMicros())));
    }

    @SuppressWarnings("unchecked")
    private static <K, T> Optional<VersionedRecord<K, T>> base(Edit<K, T> edit) {
        @Nullable
        VersionedRecord<K, T> record = edit.basis() instanceof Basis.On on ? (VersionedRecord<K, T>) on.record() : null;
        return Optional.ofNullable(record);
    }

    private static long expectedVersion(Edit<?, ?> edit) {
        if (edit.basis() instanceof Basis.Expecting expecting) {
            return expecting.version();
        }
        return edit.basis() instanceof Basis.On on ? on.record().version() : 0;
    }
}
