package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What edits would do at this moment. */
final class Previews {
    private final Storage storage;
    private final TurnWriter.CommittedImages images;

    Previews(Storage storage, TurnWriter.CommittedImages images) {
        this.storage = storage;
        this.images = images;
    }

    <K, T> Preview<K, T> preview(StoreState<K, T> store, Edit<K, T> edit) {
        EditJudge.Judged judged = EditJudge.judge(store, edit);
        if (judged instanceof EditJudge.Judged.Refused refused) {
            return new Preview<>(refused.verdict(), List.of(), Optional.empty());
        }
        PreparedEdit prepared = ((EditJudge.Judged.Ready) judged).edit();
        RecordVerdict accepted = new RecordVerdict(List.copyOf(prepared.coercions()));
        Image current = images.read(store, prepared.key());
        Evaluation.Step step;
        try (CallbackScope scope = CallbackScope.enter("validator")) {
            step = Evaluation.evaluate(prepared, current);
        }
        if (step instanceof Evaluation.Step.Target target) {
            RecordVerdict taken = takenValues(prepared, target);
            return taken.isAccepted()
                    ? new Preview<>(accepted, diff(store, current, target), Optional.empty())
                    : new Preview<>(taken, List.of(), Optional.empty());
        }
        if (step instanceof Evaluation.Step.Clash clash) {
            Outcome.Clash outcome = new Outcome.Clash(clash.reason(), current, clash.cells());
            return new Preview<>(accepted, List.of(), Optional.of(Results.conflict(store, edit, outcome)));
        }
        if (step instanceof Evaluation.Step.Broken broken) {
            return new Preview<>(broken.verdict(), List.of(), Optional.empty());
        }
        return new Preview<>(accepted, List.of(), Optional.empty());
    }

    private static List<CellChange> diff(
            StoreState<?, ?> store, @Nullable Image current, Evaluation.Step.Target target) {
        List<CellChange> cells = new ArrayList<>();
        @Nullable Object[] after = target.cells();
        for (int i = target.changed().nextSetBit(0);
                i >= 0;
                i = target.changed().nextSetBit(i + 1)) {
            Object before = current == null || !current.isLive() ? null : current.cells()[i];
            cells.add(new CellChange(store.schema().columns().get(i).name(), before, after == null ? null : after[i]));
        }
        return cells;
    }

    private RecordVerdict takenValues(PreparedEdit edit, Evaluation.Step.Target target) {
        List<CellVerdict> violations = new ArrayList<>();
        @Nullable Object[] cells = target.cells();
        for (int ordinal : edit.store().uniqueOrdinals()) {
            Object value = cells == null ? null : cells[ordinal];
            if (value != null && target.changed().get(ordinal)) {
                Object owner = owner(edit.store(), ordinal, value);
                if (owner != null && !owner.equals(edit.key())) {
                    violations.addAll(Arbiter.taken(edit, ordinal, owner).violations());
                }
            }
        }
        return new RecordVerdict(violations);
    }

    private @Nullable Object owner(StoreState<?, ?> store, int ordinal, Object value) {
        Column<?> column = store.schema().columns().get(ordinal);
        QuerySpec query = new QuerySpec(
                new Condition.Comparison(column, Condition.Operator.EQUAL, value),
                List.of(Order.ascending(store.schema().key())),
                Optional.empty(),
                1,
                new BitSet());
        try (ImageScan scan = storage.scan(store.layout(), query)) {
            Image image = scan.next();
            return image == null ? null : image.key();
        }
    }
}
