package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.retention.Retention;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionProgress;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.KeepOptions;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Retention as one writer wants it. */
final class KeepRetention implements Retention {
    private static final Column<Long> THROUGH = Column.integer("through");
    private static final Column<String> HASH = Column.text("hash").required();

    /** The library's own store: for each place that the log was cut at, its hash. Who wanted it and when is who inserted the record. */
    static final Schema<Long, Row> SCHEMA = Schema.dynamic("rowkeep_retention", THROUGH, HASH);

    /** How many commits go at once: what a writer may have to wait for. */
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
        long start = storage.start().sequence();
        long total = cut.through() - start;
        if (total > 0) {
            state(cut.through());
        }
        long dropped = 0;
        boolean isWanted = true;
        while (isWanted && dropped < total) {
            long through = Math.min(cut.through(), start + dropped + STEP);
            step(() -> {
                storage.dropThrough(through);
                return true;
            });
            dropped = through - start;
            isWanted = goesOn(goesOn, new RetentionProgress(dropped, total));
        }
        while (isWanted && step(storage::reclaim)) {
            isWanted = goesOn(goesOn, new RetentionProgress(dropped, total));
        }
        return new RetentionResult(engine.log().start(), dropped, isWanted, cut.heldBackBy());
    }

    private static boolean goesOn(Predicate<? super RetentionProgress> listener, RetentionProgress progress) {
        try (CallbackScope scope = CallbackScope.enter("retention listener")) {
            return listener.test(progress);
        }
    }

    /** Says in the log, before anything goes, through which commit it will, unless a run before said so already. */
    private void state(long through) {
        String hash =
                ChainHash.of(storage.commitAt(through).orElseThrow().hash()).hex();
        if (engine.reads().get(engine.state(SCHEMA), through).isEmpty()) {
            Writer stating = writer.reason() == null ? writer.because("retention through commit " + through) : writer;
            engine.groupWrites()
                    .commit(
                            stating,
                            List.of(Edit.insert(SCHEMA, Row.of(SCHEMA, through).with(HASH, hash))));
        }
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
