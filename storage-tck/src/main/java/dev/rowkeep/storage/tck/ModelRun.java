package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** One storage and its model, which are told and asked the same and must do and answer the same. */
final class ModelRun implements AutoCloseable {
    private final Bench bench;
    private final ModelStorage model;
    private StoreLayout items = Stores.ITEMS;

    ModelRun(StorageFixture fixture) {
        bench = new Bench(fixture, Stores.ITEMS, Stores.COUNTERS);
        model = new ModelStorage(bench.storage().incarnation());
        model.install(Stores.ITEMS);
        model.install(Stores.COUNTERS);
    }

    /** The layout of the items as it is now. */
    StoreLayout items() {
        return items;
    }

    StoreLayout layout(int store) {
        return store == 0 ? items : Stores.COUNTERS;
    }

    /** Installs {@code grown} for the items in both; if both refuse, the layout stays. */
    void grow(StoreLayout grown) {
        String outcome = outcome(() -> model.install(grown));
        assertThat(outcome(() -> bench.storage().install(grown))).isEqualTo(outcome);
        if (outcome.equals("done")) {
            items = grown;
        }
    }

    /** Commits what {@code draft} makes of either's view, which must end the same. */
    void commit(Consumer<PlanDraft> draft) {
        String expected = outcome(() -> Bench.commit(model, List.of(), draft));
        String found = outcome(() -> bench.commit(draft));
        assertThat(found).isEqualTo(expected);
        sameAnswer(storage -> Transcript.of(storage.head()));
    }

    /** Asks both the same. */
    void sameAnswer(Function<Storage, ?> question) {
        assertThat((Object) question.apply(bench.storage())).isEqualTo(question.apply(model));
    }

    /** Asks what either's commits are decided on. */
    void sameView(Function<CommitView, ?> question) {
        List<Object> answers = new ArrayList<>();
        commit(draft -> answers.add(question.apply(draft.view())));
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
    }

    void drop(int twelfths) {
        long through = model.head().sequence() * twelfths / 12;
        try {
            bench.storage().dropThrough(through);
        } catch (UnsupportedOperationException e) {
            return;
        }
        model.dropThrough(through);
        sameContent();
    }

    /** Drops the contents of the items' changes of so many twelfths of the log, but for those that made the newest versions. */
    void dropContents(int twelfths) {
        try {
            bench.storage().dropContents(List.of());
        } catch (UnsupportedOperationException e) {
            return;
        }
        List<LoggedChange> contents = new ArrayList<>();
        long through = model.head().sequence() * twelfths / 12;
        for (LoggedCommit commit : model.commitsAfter(0, Integer.MAX_VALUE)) {
            commit.changes().stream()
                    .filter(change -> change.storeId() == items.id()
                            && commit.header().sequence() <= through
                            && change.version()
                                    < Objects.requireNonNull(model.read(items, change.key()))
                                            .version())
                    .map(DroppedContentsContract::withoutContents)
                    .forEach(contents::add);
        }
        bench.storage().dropContents(contents);
        model.dropContents(contents);
        sameAnswer(storage -> storage.contentsDroppedThrough(items));
        sameContent();
    }

    void sameContent() {
        assertThat(Transcript.of(bench.storage())).isEqualTo(Transcript.of(model));
    }

    void reopen() {
        bench.reopen();
        sameAnswer(storage -> Transcript.of(storage.head()));
    }

    /** What became of a call; a plan that is both stale and taken may be refused as either. */
    private static String outcome(Runnable call) {
        try {
            call.run();
            return "done";
        } catch (StorageException e) {
            return switch (e.kind()) {
                case STALE, UNIQUE_TAKEN -> "refused";
                default -> throw e;
            };
        } catch (AbandonedDecision e) {
            return "abandoned";
        }
    }

    /** What a decision throws that is to leave nothing. */
    static final class AbandonedDecision extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void close() {
        bench.close();
    }
}
