package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.MergedCell;
import dev.rowkeep.internal.codec.KeptOutcome;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.RequestWrites;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are stored and those that a batch adds. Belongs to one run of the arbiter. Each that is added lets two that are too
 * old go, so that old ones go faster than new ones come and no commit has more than a bounded share of that work.
 */
final class RequestLedger {
    static final int FORGOTTEN_PER_STORED = 2;

    private final CommitView view;
    private final long retentionMicros;
    private final Map<String, StoredRequest> added = new LinkedHashMap<>();
    private long newestMicros;

    RequestLedger(CommitView view, long retentionMicros) {
        this.view = view;
        this.retentionMicros = retentionMicros;
    }

    /** What was decided on the request {@code id} before; null if nothing was. */
    @Nullable
    StoredRequest find(String id) {
        StoredRequest own = added.get(id);
        return own != null ? own : view.request(id);
    }

    /** Takes note of what was decided on a request. */
    void add(Request request, long timeMicros, long sequence, List<Outcome> outcomes) {
        boolean landed = Ticket.allLanded(outcomes);
        List<KeptOutcome> kept = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            kept.add(outcome.landed() && !landed ? new KeptOutcome.Spared() : kept(outcome));
        }
        byte[] encoded = KeptOutcome.encode(kept);
        added.put(request.id(), new StoredRequest(request.id(), timeMicros, sequence, request.fingerprint(), encoded));
        newestMicros = Math.max(newestMicros, timeMicros);
    }

    /** What the plan does to the stored requests. */
    RequestWrites writes() {
        return added.isEmpty()
                ? RequestWrites.none()
                : new RequestWrites(
                        List.copyOf(added.values()),
                        newestMicros - retentionMicros,
                        FORGOTTEN_PER_STORED * added.size());
    }

    private static KeptOutcome kept(Outcome outcome) {
        if (outcome instanceof Outcome.Wrote wrote) {
            long version = wrote.after().version();
            return wrote.merged()
                    ? new KeptOutcome.Merged(
                            version,
                            wrote.cells().stream().map(MergedCell::column).toList())
                    : new KeptOutcome.Written(version);
        }
        if (outcome instanceof Outcome.Same same) {
            return new KeptOutcome.Unchanged(same.current().version());
        }
        if (outcome instanceof Outcome.Clash clash) {
            return new KeptOutcome.Conflicted(
                    clash.reason().name(),
                    clash.current() == null ? 0 : clash.current().version(),
                    clash.cells().stream().map(CellConflict::column).toList());
        }
        if (outcome instanceof Outcome.Broken broken) {
            return new KeptOutcome.Rejected(broken.verdict().violations());
        }
        return new KeptOutcome.Spared();
    }
}
