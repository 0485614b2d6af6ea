package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionRule;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a policy lets go.
 *
 * @param through the sequence of the last commit that may go
 * @param contents what may go of later commits
 * @param heldBackBy what else would have let more go
 */
record RetentionCut(long through, List<Contents> contents, Optional<String> heldBackBy) {
    /**
     * The contents of a store's changes that may go.
     *
     * @param through the sequence of the last commit of which they may
     * @param spared how many of the newest versions of each record keep theirs
     */
    record Contents(StoreLayout layout, long through, int spared) {}

    /**
     * How far back it must be known what was.
     *
     * @param through the last commit whose changes nothing needs
     * @param by what needs the next one; empty if nothing does
     */
    private record Hold(long through, Optional<String> by) {}

    /** As of {@code now}; never before where the log begins already. */
    static RetentionCut of(Engine engine, RetentionPolicy policy, Instant now, Duration requestsKept) {
        long head = engine.storage().head().sequence();
        long start = engine.storage().start().sequence();
        List<Contents> allowed = new ArrayList<>();
        for (StoreLayout layout : engine.storage().layouts()) {
            if (!engine.isOwn(layout.id())) {
                allowed.add(allowed(engine, layout, policy.of(layout.name()), now, head));
            }
        }
        long most = allowed.stream().mapToLong(Contents::through).max().orElse(0);
        Hold hold = hold(engine, start, Math.max(start, most), now, requestsKept);
        long through = allowed.stream()
                .mapToLong(contents -> contents.spared() > 0 ? 0 : contents.through())
                .min()
                .orElse(0);
        long cut = Math.max(start, Math.min(through, hold.through()));
        List<Contents> contents = allowed.stream()
                .map(one -> new Contents(one.layout(), Math.min(one.through(), hold.through()), one.spared()))
                .filter(one -> one.through() > cut)
                .toList();
        return new RetentionCut(cut, contents, hold.by());
    }

    private static Contents allowed(Engine engine, StoreLayout layout, RetentionRule rule, Instant now, long head) {
        if (rule instanceof RetentionRule.Within within) {
            return new Contents(layout, engine.pastViews().sequenceAt(now.minus(within.time())), 0);
        }
        if (rule instanceof RetentionRule.Newest newest) {
            return new Contents(layout, head, newest.versions());
        }
        return new Contents(layout, 0, 0);
    }

    /** What else needs something of the commits up to {@code most}. */
    private static Hold hold(Engine engine, long start, long most, Instant now, Duration requestsKept) {
        long recent = engine.pastViews().sequenceAt(now.minus(requestsKept));
        Storage storage = engine.storage();
        Hold hold = new Hold(most, Optional.empty());
        if (most > Math.max(start, recent)
                && !storage.requests(recent + 1, most).isEmpty()) {
            hold = new Hold(
                    Math.max(start, recent), Optional.of("requests that may be sent again within " + requestsKept));
        }
        for (Kept kept : engine.snapshots().records().all()) {
            boolean isPin = !kept.name().startsWith(Snapshots.AUTOMATIC)
                    && kept.sequence() >= start
                    && kept.sequence() < hold.through();
            if (isPin && !engine.snapshots().source().isWhole(kept)) {
                hold = new Hold(
                        kept.sequence(), Optional.of("snapshot " + kept.name() + ", which has no file that verifies"));
            }
        }
        return hold;
    }
}
