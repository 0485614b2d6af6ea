package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.retention.Retention;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionProgress;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.KeepOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Retention as one writer wants it. */
final class KeepRetention implements Retention {
    private static final Column<Long> THROUGH = Column.integer("through");
    private static final Column<String> HASH = Column.text("hash").required();
    private static final Column<String> CONTENTS = Column.text("contents");

    /**
     * The library's own store: for each place that the log was cut at, or contents were dropped up to, its hash, and of which stores contents
     * were. Who wanted it and when is who wrote the record.
     */
    static final Schema<Long, Row> SCHEMA = Schema.dynamic("rowkeep_retention", THROUGH, HASH, CONTENTS);

    /** How many commits, or contents of changes, go at once: what a writer may have to wait for. */
    private static final int STEP = 1_000;

    private static final int MAX_TRIES = 3;

    private final Engine engine;
    private final Storage storage;
    private final KeepOptions options;
    private final Writer writer;

    /** That of {@code writer}, whose request, guard and fence it is not part of. */
    KeepRetention(Engine engine, KeepOptions options, Writer writer) {
        this.engine = engine;
        this.storage = engine.storage();
        this.options = options;
        this.writer = new Writer(writer.author(), writer.reason(), writer.correlationId());
    }

    @Override
    public Position preview(RetentionPolicy policy) {
        engine.entry().check("preview a retention");
        return engine.position(cut(policy).through());
    }

    private RetentionCut cut(RetentionPolicy policy) {
        return RetentionCut.of(engine, policy, engine.commitTime(), options.requestsKept());
    }

    @Override
    public RetentionResult apply(RetentionPolicy policy) {
        return apply(policy, progress -> true);
    }

    @Override
    public RetentionResult apply(RetentionPolicy policy, Predicate<? super RetentionProgress> goesOn) {
        engine.entry().checkWrite("apply a retention");
        RetentionCut cut = cut(policy);
        Run run = new Run(cut, goesOn);
        run.dropCommits();
        run.dropContents();
        run.reclaim();
        return new RetentionResult(engine.log().start(), run.dropped, run.emptied, run.isWanted, cut.heldBackBy());
    }

    /** One run, as far as it is. */
    private final class Run {
        private final RetentionCut cut;
        private final Predicate<? super RetentionProgress> goesOn;
        private final long start = storage.start().sequence();
        private long dropped;
        private long emptied;
        private boolean isWanted = true;

        Run(RetentionCut cut, Predicate<? super RetentionProgress> goesOn) {
            this.cut = cut;
            this.goesOn = goesOn;
        }

        void dropCommits() {
            long total = cut.through() - start;
            if (total > 0) {
                state(cut.through(), null);
            }
            while (isWanted && dropped < total) {
                long through = Math.min(cut.through(), start + dropped + STEP);
                step(() -> {
                    storage.dropThrough(through);
                    return true;
                });
                dropped = through - start;
                ask();
            }
        }

        void dropContents() {
            if (!isWanted || cut.contents().isEmpty()) {
                return;
            }
            storage.dropContents(List.of()); // Where it cannot, nothing is said either.
            ContentsScan scan = new ContentsScan(storage, cut.contents());
            List<LoggedChange> next = scan.next(STEP);
            if (!next.isEmpty()) {
                state(
                        cut.contents().stream()
                                .mapToLong(RetentionCut.Contents::through)
                                .max()
                                .orElseThrow(),
                        told(cut.contents()));
            }
            while (isWanted && !next.isEmpty()) {
                List<LoggedChange> contents = next;
                step(() -> {
                    storage.dropContents(contents);
                    return true;
                });
                emptied += contents.size();
                ask();
                next = isWanted ? scan.next(STEP) : List.of();
            }
        }

        void reclaim() {
            while (isWanted && step(storage::reclaim)) {
                ask();
            }
        }

        private void ask() {
            RetentionProgress progress = new RetentionProgress(dropped, cut.through() - start, emptied);
            try (CallbackScope scope = CallbackScope.enter("retention listener")) {
                isWanted = goesOn.test(progress);
            }
        }
    }

    /** Of which stores which contents go. */
    private static String told(List<RetentionCut.Contents> contents) {
        return contents.stream()
                .map(one -> one.layout().name() + " through commit " + one.through()
                        + (one.spared() == 0 ? "" : " but for the newest " + one.spared() + " versions"))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    /** Says in the log, before anything goes, through which commit it will, unless a run before said so already. */
    private void state(long through, @Nullable String contents) {
        String hash = ChainHash.of(hashAt(through)).hex();
        Optional<VersionedRecord<Long, Row>> said = engine.reads().get(engine.state(SCHEMA), through);
        boolean isSaid = said.isPresent()
                && (contents == null || contents.equals(said.get().value().get(CONTENTS)));
        if (!isSaid) {
            Writer stating = writer.reason() == null ? writer.because("retention through commit " + through) : writer;
            Row row = Row.of(SCHEMA, through).with(HASH, hash).with(CONTENTS, contents);
            engine.groupWrites()
                    .commit(
                            stating,
                            List.of(said.isEmpty() ? Edit.insert(SCHEMA, row) : Edit.update(SCHEMA, said.get(), row)));
        }
    }

    private byte[] hashAt(long sequence) {
        Head start = storage.start();
        return sequence == start.sequence()
                ? start.hash()
                : storage.commitAt(sequence).orElseThrow().hash();
    }

    /** Runs one while no commit is. A step that nobody knows the outcome of is taken again: twice is as once. */
    private boolean step(BooleanSupplier action) {
        for (int attempt = 1; ; attempt++) {
            engine.entry().requireOpen();
            try {
                return engine.exclusively(action);
            } catch (StorageException e) {
                boolean mayPass = e.kind() == StorageException.Kind.BUSY
                        || e.kind() == StorageException.Kind.ROLLED_BACK
                        || e.kind() == StorageException.Kind.UNKNOWN_OUTCOME;
                if (!mayPass || attempt == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }
}
