package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.ErasedCell;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a store at two places of the log, and brings it back to an earlier one. */
final class Restoring {
    private final Engine engine;

    Restoring(Engine engine) {
        this.engine = engine;
    }

    <K> List<RecordDiff<K>> diff(StoreState<K, ?> store, Position from, Position to) {
        engine.pastViews().requireHeld(store.layout(), from);
        engine.pastViews().requireHeld(store.layout(), to);
        List<RecordDiff<K>> diffs = new ArrayList<>();
        for (NetChanges.Net net : nets(store, from.sequence(), to.sequence())) {
            List<CellChange> cells = new ArrayList<>(net.cells().size());
            for (CellDelta cell : net.cells()) {
                cells.add(new CellChange(column(store, cell), cell.before(), cell.after()));
            }
            K key = store.schema().key().type().fromCanonical(net.key());
            diffs.add(new RecordDiff<>(key, net.fromVersion(), net.toVersion(), cells));
        }
        return diffs;
    }

    private List<NetChanges.Net> nets(StoreState<?, ?> store, long from, long to) {
        NetChanges changes = new NetChanges(engine.storage(), store.layout(), ReadView.MOST_RECORDS);
        KeptLog kept = engine.keptLog();
        return from <= to
                ? kept.reading(store.layout(), from, () -> changes.between(from, to))
                : kept.reading(store.layout(), to, () -> changes.between(to, from)).stream()
                        .map(NetChanges.Net::reversed)
                        .toList();
    }

    /** Brings the store back by edits on what is there now. */
    CommitResult restore(StoreState<?, ?> store, Writer writer, Position to) {
        engine.pastViews().requireHeld(store.layout(), to);
        Writer restoring = writer.reason() == null ? writer.because("restore to commit " + to.sequence()) : writer;
        List<ErasedCell> erased = new ArrayList<>();
        Optional<CommitResult> result = Optional.empty();
        while (result.isEmpty()) {
            erased.clear();
            result = engine.erasures().commitOfHistory(restoring, () -> edits(store, to, erased));
        }
        return result.get() instanceof CommitResult.Committed committed
                ? new CommitResult.Committed(committed.position(), committed.results(), erased)
                : result.get();
    }

    /** The edits that lead there, and in {@code erased} what they leave as it is. */
    private List<Edit<?, ?>> edits(StoreState<?, ?> store, Position to, List<ErasedCell> erased) {
        long head = engine.storage().head().sequence();
        List<Edit<?, ?>> edits = new ArrayList<>();
        for (NetChanges.Net net : nets(store, head, to.sequence())) {
            edits.add(edit(store, net));
            if (net.toVersion() > 0) {
                net.cells().stream()
                        .filter(cell -> cell.after() == Erased.ERASED)
                        .map(cell -> new ErasedCell(store.schema().name(), net.key(), column(store, cell)))
                        .forEach(erased::add);
            }
        }
        return edits;
    }

    private static String column(StoreState<?, ?> store, CellDelta cell) {
        return store.layout().columns().get(cell.ordinal()).name();
    }

    /** The edit that leads from what is there to what was. */
    private <K, T> Edit<K, T> edit(StoreState<K, T> store, NetChanges.Net net) {
        if (net.toVersion() == 0) {
            K key = store.schema().key().type().fromCanonical(net.key());
            return Edit.delete(store.schema(), key).expecting(net.fromVersion());
        }
        if (net.fromVersion() == 0) {
            return Edit.insert(
                    store.schema(),
                    changed(store, net, new Object[store.layout().columns().size()]));
        }
        Histories.Content now = engine.histories().at(store, net.key(), net.fromVersion());
        VersionedRecord<K, T> read = engine.histories().record(store, now).orElseThrow();
        return Edit.update(
                store.schema(),
                read,
                changed(store, net, Objects.requireNonNull(now.cells()).clone()));
    }

    /** What was erased cannot be brought back, and stays as it is. */
    private static <T> T changed(StoreState<?, T> store, NetChanges.Net net, @Nullable Object[] cells) {
        net.cells().stream()
                .filter(cell -> cell.after() != Erased.ERASED)
                .forEach(cell -> cells[cell.ordinal()] = cell.after());
        return store.schema().mapping().value(net.key(), cells);
    }
}
