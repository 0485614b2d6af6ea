package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.ErasedCell;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The edits that take back a commit, made of the versions that it made and those before them. */
final class Inverse {
    private final Engine engine;

    Inverse(Engine engine) {
        this.engine = engine;
    }

    /** One edit per change of an application's store, the last first. */
    List<Edit<?, ?>> of(LoggedCommit commit) {
        List<Edit<?, ?>> edits = new ArrayList<>();
        for (int i = commit.changes().size() - 1; i >= 0; i--) {
            LoggedChange change = commit.changes().get(i);
            if (!engine.isOwn(change.storeId())) {
                edits.add(of(engine.stores().opened(change.storeId()), change));
            }
        }
        return edits;
    }

    /** The cells of a commit whose values before it were erased: the edits leave them as they are. */
    List<ErasedCell> erased(LoggedCommit commit) {
        List<ErasedCell> erased = new ArrayList<>();
        for (LoggedChange change : commit.changes()) {
            if (change.kind() != ChangeKind.INSERT && !engine.isOwn(change.storeId())) {
                StoreLayout layout = engine.stores().layout(change.storeId());
                DeltaCodec.decode(layout, change.delta()).stream()
                        .filter(CellDelta::isErased)
                        .map(cell -> new ErasedCell(
                                layout.name(),
                                change.key(),
                                layout.columns().get(cell.ordinal()).name()))
                        .forEach(erased::add);
            }
        }
        return erased;
    }

    private <K, T> Edit<K, T> of(StoreState<K, T> store, LoggedChange change) {
        if (change.kind() == ChangeKind.DELETE) {
            return Edit.insert(
                    store.schema(), record(store, change, change.version() - 1).value());
        }
        VersionedRecord<K, T> made = record(store, change, change.version());
        if (change.kind() == ChangeKind.UPDATE) {
            return Edit.update(
                    store.schema(),
                    made,
                    record(store, change, change.version() - 1).value());
        }
        return Edit.delete(store.schema(), made.key()).expecting(standing(store, change));
    }

    private <K, T> VersionedRecord<K, T> record(StoreState<K, T> store, LoggedChange change, long version) {
        Histories histories = engine.histories();
        return histories
                .record(store, histories.at(store, change.key(), version))
                .orElseThrow();
    }

    /** The version to delete: the one that was inserted, or the present one if it has the same content again. */
    private long standing(StoreState<?, ?> store, LoggedChange insert) {
        Image current = engine.reads().read(store, insert.key());
        if (current == null || !current.isLive() || current.version() == insert.version()) {
            return insert.version();
        }
        @Nullable
        Object @Nullable [] inserted =
                engine.histories().at(store, insert.key(), insert.version()).cells();
        return Arrays.equals(inserted, current.cells()) ? current.version() : insert.version();
    }
}
