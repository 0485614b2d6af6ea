package dev.rowkeep.storage.tck;

import dev.rowkeep.commit.Author;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Storages that commit wrongly, each in one way. */
final class BrokenCommits {
    private BrokenCommits() {}

    /** A storage whose commits write something else than was planned. */
    static class AlteringStorage extends ForwardingStorage {
        private final BiFunction<CommitView, CommitPlan, CommitPlan> alteration;

        AlteringStorage(Storage storage, BiFunction<CommitView, CommitPlan, CommitPlan> alteration) {
            super(storage);
            this.alteration = alteration;
        }

        @Override
        public void commit(CommitWork work) {
            super.commit(new AlteredWork(work, alteration));
        }
    }

    record AlteredWork(CommitWork work, BiFunction<CommitView, CommitPlan, CommitPlan> alteration)
            implements CommitWork {
        @Override
        public List<RecordRef> reads() {
            return work.reads();
        }

        @Override
        public CommitPlan decide(CommitView view) {
            return alteration.apply(view, work.decide(view));
        }
    }

    /** Does not look at the version once in 20,000 steps. */
    static Storage winningAVersionTwice(Storage storage) {
        int[] steps = new int[1];
        return new AlteringStorage(storage, (view, plan) -> {
            List<RowWrite> writes = new ArrayList<>();
            for (RowWrite write : plan.writes()) {
                Image held = view.image(write.layout(), write.after().key());
                boolean blind = ++steps[0] % 20_000 == 0;
                writes.add(blind ? new RowWrite(write.layout(), held, write.versions(), write.changed()) : write);
            }
            return new CommitPlan(plan.commits(), writes);
        });
    }

    /** Leaves every 500th change out of the log. */
    static Storage skippingALogRow(Storage storage) {
        int[] changes = new int[1];
        return new AlteringStorage(storage, (view, plan) -> {
            List<LoggedCommit> commits = new ArrayList<>();
            for (LoggedCommit commit : plan.commits()) {
                List<LoggedChange> kept = commit.changes().stream()
                        .filter(change -> ++changes[0] % 500 != 0)
                        .toList();
                commits.add(new LoggedCommit(commit.header(), kept, commit.hash()));
            }
            return new CommitPlan(commits, plan.writes());
        });
    }

    /** Writes those steps of a stale plan that are not stale themselves. */
    static Storage applyingHalfAPlanOnStale(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public void commit(CommitWork work) {
                CommitPlan[] decided = new CommitPlan[1];
                try {
                    super.commit(new AlteredWork(work, (view, plan) -> decided[0] = plan));
                } catch (StorageException e) {
                    if (e.kind() == Kind.STALE) {
                        super.commit(new AlteredWork(NOTHING, (view, nothing) -> half(view, decided[0])));
                    }
                    throw e;
                }
            }
        };
    }

    private static CommitPlan half(CommitView view, CommitPlan plan) {
        List<RowWrite> fitting = plan.writes().stream()
                .filter(write ->
                        versionOf(view.image(write.layout(), write.after().key())) == versionOf(write.before()))
                .toList();
        return fitting.isEmpty() ? new CommitPlan(List.of(), List.of()) : new CommitPlan(plan.commits(), fitting);
    }

    private static long versionOf(Image image) {
        return image == null ? 0 : image.version();
    }

    private static final CommitWork NOTHING = new CommitWork() {
        @Override
        public List<RecordRef> reads() {
            return List.of();
        }

        @Override
        public CommitPlan decide(CommitView view) {
            return new CommitPlan(List.of(), List.of());
        }
    };

    /** Forgets a number that was changed three times in one plan. */
    static Storage losingACellOfAFoldedStep(Storage storage) {
        return new AlteringStorage(
                storage,
                (view, plan) -> new CommitPlan(
                        plan.commits(),
                        plan.writes().stream()
                                .map(BrokenCommits::withOldLastCell)
                                .toList()));
    }

    private static RowWrite withOldLastCell(RowWrite write) {
        Image before = write.before();
        Image after = write.after();
        if (before == null || !before.isLive() || !after.isLive() || after.version() < before.version() + 3) {
            return write;
        }
        Object[] cells = after.cells().clone();
        int last = Math.min(before.cells().length, cells.length) - 1;
        cells[last] = before.cells()[last];
        Image stale = new Image(
                after.key(),
                after.version(),
                after.changeId(),
                after.liveness(),
                cells,
                after.author(),
                after.timeMicros(),
                after.userAuthor(),
                after.userTimeMicros());
        return new RowWrite(write.layout(), before, List.of(stale), write.changed());
    }

    /** Logs a commit without changes for an empty plan. */
    static Storage loggingEmptyPlans(Storage storage) {
        return new AlteringStorage(storage, (view, plan) -> {
            if (!plan.isEmpty()) {
                return plan;
            }
            LoggedHeader header = new LoggedHeader(
                    view.head().sequence() + 1, view.head().timeMicros(), Author.system("nobody"), null, null);
            return new CommitPlan(List.of(new LoggedCommit(header, List.of(), new byte[32])), List.of());
        });
    }

    /** Takes a plan that only stores requests for an empty one. */
    static Storage keepingNoRequestWithoutACommit(Storage storage) {
        return new AlteringStorage(
                storage, (view, plan) -> plan.commits().isEmpty() ? new CommitPlan(List.of(), List.of()) : plan);
    }

    /** Stores requests in a transaction of their own, before the plan's. */
    static Storage storingRequestsBeforeTheirCommit(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public void commit(CommitWork work) {
                CommitPlan[] decided = new CommitPlan[1];
                super.commit(new AlteredWork(work, (view, plan) -> {
                    decided[0] = plan;
                    return new CommitPlan(List.of(), List.of(), plan.requests());
                }));
                super.commit(new AlteredWork(
                        NOTHING, (view, nothing) -> new CommitPlan(decided[0].commits(), decided[0].writes())));
            }
        };
    }

    /** Sets unique values row by row, so that they cannot move. */
    static Storage settingUniqueValuesOneByOne(Storage storage) {
        return refusing(storage, code -> code);
    }

    /** Takes an item's unique value for taken if it is so in upper case. */
    static Storage ignoringCaseInUniqueValues(Storage storage) {
        return refusing(storage, code -> code.equals("a") ? "A" : "free");
    }

    /** Refuses items whose unique value has another owner before the plan, after it was changed by {@code folding}. */
    private static Storage refusing(Storage storage, UnaryOperator<String> folding) {
        return new AlteringStorage(storage, (view, plan) -> {
            for (RowWrite write : plan.writes()) {
                if (write.layout().id() == Stores.ITEMS.id() && write.after().isLive()) {
                    String code = (String) write.after().cells()[1];
                    Object owner = code == null ? null : view.owner(write.layout(), 1, folding.apply(code));
                    if (owner != null && !owner.equals(write.after().key())) {
                        throw new StorageException(Kind.UNIQUE_TAKEN, "Taken by another row", null);
                    }
                }
            }
            return plan;
        });
    }

    /** Passes a decision's exception on in one of its own. */
    static Storage wrappingWhatDecisionsThrow(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public void commit(CommitWork work) {
                try {
                    super.commit(work);
                } catch (IllegalStateException e) {
                    throw new StorageException(Kind.ROLLED_BACK, "The decision failed", e);
                }
            }
        };
    }

    /** Swallows an interrupt while it commits. */
    static Storage swallowingInterrupts(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public void commit(CommitWork work) {
                Thread.interrupted();
                super.commit(work);
            }
        };
    }
}
