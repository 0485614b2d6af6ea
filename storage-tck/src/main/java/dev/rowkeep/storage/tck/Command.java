package dev.rowkeep.storage.tck;

import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StoreLayout;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Something that is done to a storage and to its model; any sequence of commands makes sense. */
sealed interface Command {
    /** Does it to both, and checks what can be checked at once. */
    void run(ModelRun run);

    /**
     * What becomes of one record.
     *
     * @param store 0 for the items, 1 for the counters
     * @param key which record
     * @param fate what becomes of it
     * @param code a number for its unique value; 0 for none
     * @param amount its other values
     */
    record Step(int store, int key, Fate fate, int code, int amount) {
        void add(PlanDraft draft, ModelRun run) {
            StoreLayout layout = run.layout(store);
            switch (fate) {
                case PUT -> draft.put(layout, recordKey(), cells(layout));
                case DELETE -> draft.delete(layout, recordKey());
                case NEXT_COMMIT ->
                    draft.put(layout, recordKey(), cells(layout)).next();
            }
        }

        Object recordKey() {
            return store == 0 ? "k" + key : (Object) (long) key;
        }

        private @Nullable Object[] cells(StoreLayout layout) {
            @Nullable Object[] cells = new Object[layout.columns().size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = (amount + i) % 3 == 0 ? null : (Object) (long) amount;
            }
            if (store == 0) {
                cells[0] = amount % 4 == 0 ? null : "n" + amount;
                cells[1] = code == 0 ? null : "c" + code;
            }
            return cells;
        }
    }

    /** What becomes of a record in a step. */
    enum Fate {
        PUT,
        DELETE,
        NEXT_COMMIT
    }

    /** What a late plan stands on. */
    enum Basis {
        NEVER_USED,
        THE_VERSION_BEFORE,
        THE_NEXT_VERSION
    }

    /** One plan of several steps. */
    record Write(List<Step> steps) implements Command {
        @Override
        public void run(ModelRun run) {
            run.commit(draft -> steps.forEach(step -> step.add(draft, run)));
        }
    }

    /** A plan of which one step stands on something else than what is held. */
    record LateWrite(List<Step> steps, int late, Basis basis) implements Command {
        @Override
        public void run(ModelRun run) {
            run.commit(draft -> {
                Step step = steps.get(late % steps.size());
                StoreLayout layout = run.layout(step.store());
                Image held = draft.view().image(layout, step.recordKey());
                draft.standingOn(layout, step.recordKey(), imagined(held));
                steps.forEach(each -> each.add(draft, run));
            });
        }

        private @Nullable Image imagined(@Nullable Image held) {
            if (held == null || basis == Basis.NEVER_USED) {
                return null;
            }
            return new Image(
                    held.key(),
                    held.version() + (basis == Basis.THE_NEXT_VERSION ? 1 : -1),
                    held.changeId(),
                    held.liveness(),
                    held.cells(),
                    held.author(),
                    held.timeMicros(),
                    held.userAuthor(),
                    held.userTimeMicros());
        }
    }

    /** One record gets several versions in one plan. */
    record Rewrite(Step step, int times) implements Command {
        @Override
        public void run(ModelRun run) {
            run.commit(draft -> {
                for (int i = 0; i <= times; i++) {
                    new Step(step.store(), step.key(), step.fate(), step.code(), step.amount() + i).add(draft, run);
                }
            });
        }
    }

    /** Requests are stored and old ones forgotten, with a change or without. */
    record Answer(Step step, boolean withChange, int id, int many, int forgetMost) implements Command {
        @Override
        public void run(ModelRun run) {
            run.commit(draft -> {
                if (withChange) {
                    step.add(draft, run);
                }
                for (int i = 0; i < many; i++) {
                    draft.request("r" + (id + i), id);
                }
                draft.forgetting(forgetMost, id);
            });
            run.sameView(view -> IntStream.range(0, 40)
                    .mapToObj(i -> Transcript.of(view.request("r" + i)))
                    .toList());
        }
    }

    /** Items pass their unique values around in a ring. */
    record Rotate(List<Integer> keys) implements Command {
        @Override
        public void run(ModelRun run) {
            run.commit(draft -> {
                List<Image> live = keys.stream()
                        .map(key -> draft.view().image(run.items(), "k" + key))
                        .filter(Objects::nonNull)
                        .filter(Image::isLive)
                        .toList();
                for (int i = 0; i < live.size(); i++) {
                    @Nullable Object[] cells = live.get(i).cells().clone();
                    cells[1] = live.get((i + 1) % live.size()).cells()[1];
                    draft.put(run.items(), live.get(i).key(), cells);
                }
            });
        }
    }

    /** A plan whose decision fails at its end. */
    record Abandon(List<Step> steps) implements Command {
        @Override
        public void run(ModelRun run) {
            run.commit(draft -> {
                steps.forEach(step -> step.add(draft, run));
                throw new ModelRun.AbandonedDecision();
            });
        }
    }

    /** The items get a column. */
    record AddColumn(int place) implements Command {
        @Override
        public void run(ModelRun run) {
            int columns = run.items().columns().size();
            if (columns < 6) {
                Column<Long> column = Column.integer("extra" + columns);
                run.grow(Stores.withColumnAt(run.items(), 2 + place % (columns - 1), column));
            }
        }
    }

    /** The items get an index, which is refused if it is unique and values are shared. */
    record AddIndex(StoreLayout.Uniqueness uniqueness) implements Command {
        @Override
        public void run(ModelRun run) {
            StoreLayout.LayoutIndex index = new StoreLayout.LayoutIndex(List.of("name"), uniqueness);
            if (!run.items().indexes().contains(index)) {
                run.grow(Stores.withIndex(run.items(), index));
            }
        }
    }

    /** The storage is closed and opened again. */
    record Reopen() implements Command {
        @Override
        public void run(ModelRun run) {
            run.reopen();
        }
    }

    /** The storage is asked to recover. */
    record Recover() implements Command {
        @Override
        public void run(ModelRun run) {
            run.sameAnswer(storage -> Transcript.of(storage.recover()));
        }
    }

    /** Some twelfths of the commits are dropped, if the storage does that. */
    record Drop(int twelfths) implements Command {
        @Override
        public void run(ModelRun run) {
            run.drop(twelfths);
        }
    }

    /** The contents of the items' changes in the first twelfths of the log are dropped, if the storage does that. */
    record DropContents(int twelfths) implements Command {
        @Override
        public void run(ModelRun run) {
            run.dropContents(twelfths);
        }
    }

    /** A query over the items. */
    record Ask(Question question) implements Command {
        @Override
        public void run(ModelRun run) {
            run.sameAnswer(storage -> {
                List<Image> all = Transcript.drain(storage.scan(run.items(), Transcript.everything(run.items())));
                return Transcript.drain(storage.scan(run.items(), question.over(run.items(), all))).stream()
                        .map(Transcript::of)
                        .toList();
            });
            run.sameAnswer(storage -> storage.count(run.items(), question.where()));
        }
    }

    /** A look into the past of a record and of the whole. */
    record LookBack(Step record, int newest, int length, int sequence) implements Command {
        @Override
        public void run(ModelRun run) {
            StoreLayout layout = run.layout(record.store());
            Object key = record.recordKey();
            run.sameAnswer(storage -> texts(storage.versions(layout, key, newest, newest - length)));
            run.sameAnswer(storage -> storage.versionAt(
                    layout, key, Math.max(sequence, storage.start().sequence())));
            run.sameAnswer(storage -> storage.commitAt(sequence).map(Transcript::of));
            run.sameAnswer(storage -> storage.commitsAfter(sequence, length + 1).stream()
                    .map(Transcript::of)
                    .toList());
            run.sameAnswer(storage -> storage.sequenceAt(storage.commitAt(sequence)
                    .map(LoggedCommit::header)
                    .map(header -> header.timeMicros() + length - 1)
                    .orElse(0L)));
            run.sameAnswer(storage -> storage.readAll(layout, List.of(key)).stream()
                    .map(Transcript::of)
                    .toList());
        }

        private static List<String> texts(List<LoggedVersion> versions) {
            return versions.stream().map(Transcript::of).toList();
        }
    }

    /** A comparison of everything there is. */
    record Compare() implements Command {
        @Override
        public void run(ModelRun run) {
            run.sameContent();
        }
    }
}
