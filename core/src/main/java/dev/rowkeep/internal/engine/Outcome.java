package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.MergedCell;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoredRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the arbiter decided on one edit. */
sealed interface Outcome {
    /** What a step comes to that writes nothing on {@code current}. */
    static Outcome withoutWriting(Evaluation.Step step, @Nullable Image current) {
        if (step instanceof Evaluation.Step.Clash clash) {
            return new Clash(clash.reason(), current, clash.cells());
        }
        if (step instanceof Evaluation.Step.Broken broken) {
            return new Broken(broken.verdict());
        }
        return new Same(Objects.requireNonNull(current));
    }

    /** Whether the store is as the edit wants it. */
    default boolean landed() {
        return this instanceof Wrote || this instanceof Same || this instanceof Passed;
    }

    /** A version is written. */
    record Wrote(@Nullable Image before, Image after, boolean merged, List<MergedCell> cells) implements Outcome {}

    /** Nothing needs to be written. */
    record Same(Image current) implements Outcome {}

    /** A barrier's predecessor landed. */
    record Passed() implements Outcome {}

    /** Another writer stands in the way. */
    record Clash(Conflict.Reason reason, @Nullable Image current, List<CellConflict> cells) implements Outcome {}

    /** A rule stands in the way. */
    record Broken(RecordVerdict verdict) implements Outcome {}

    /** What the transaction has read has changed since. */
    record Outdated() implements Outcome {}

    /** The writer does not hold the lease that it writes under; {@code newest} is null if the storage never gave one of that name. */
    record Fenced(Lease lease, @Nullable Lease newest) implements Outcome {}

    /** A user has just touched the record; times are in microseconds since 1970. */
    record Deferred(Image current, long untilMicros) implements Outcome {}

    /** The same request was decided before; nothing is done again. */
    record Repeated(StoredRequest first) implements Outcome {}

    /** The request's id was used before for another request. */
    record Reused(StoredRequest first) implements Outcome {}

    /** What a caller computed stands on a version that is no longer there; nothing became of it. */
    record Late() implements Outcome {}

    /** The pending image that the edit was computed on did not come to be. */
    record ChainBroken() implements Outcome {}
}
