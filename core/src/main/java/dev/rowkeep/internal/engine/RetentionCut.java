package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a policy has the log begin.
 *
 * @param through the sequence of the last commit that may go
 * @param heldBackBy what else would have let more go
 */
record RetentionCut(long through, Optional<String> heldBackBy) {

    /** As of {@code now}; never before where the log begins already. */
    static RetentionCut of(Engine engine, RetentionPolicy policy, Instant now, Duration requestsKept) {
        Storage storage = engine.storage();
        long start = storage.start().sequence();
        RetentionCut cut = new RetentionCut(Math.max(start, asked(engine, policy, now)), Optional.empty());
        long recent = engine.pastViews().sequenceAt(minus(now, requestsKept));
        if (cut.through > Math.max(start, recent)
                && !storage.requests(recent + 1, cut.through).isEmpty()) {
            cut = new RetentionCut(
                    Math.max(start, recent), Optional.of("requests that may be sent again within " + requestsKept));
        }
        for (Kept kept : engine.snapshots().records().all()) {
            boolean isPin = !kept.name().startsWith(Snapshots.AUTOMATIC)
                    && kept.sequence() >= start
                    && kept.sequence() < cut.through;
            if (isPin && !engine.snapshots().source().isWhole(kept)) {
                cut = new RetentionCut(
                        kept.sequence(), Optional.of("snapshot " + kept.name() + ", which has no file that verifies"));
            }
        }
        return cut;
    }

    /** What the policy alone allows: the log is one, so the store that keeps the longest decides. */
    private static long asked(Engine engine, RetentionPolicy policy, Instant now) {
        long through = Long.MAX_VALUE;
        for (StoreLayout layout : engine.storage().layouts()) {
            if (!engine.isOwn(layout.id())) {
                Optional<Duration> time = policy.of(layout.name());
                long allowed = time.map(kept -> engine.pastViews().sequenceAt(minus(now, kept)))
                        .orElse(0L);
                through = Math.min(through, allowed);
            }
        }
        return through == Long.MAX_VALUE ? 0 : through;
    }

    private static Instant minus(Instant now, Duration time) {
        return now.minus(time);
    }
}
