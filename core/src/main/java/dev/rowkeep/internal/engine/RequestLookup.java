package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoredRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks, under the write lock, for a request that may have been stored; writes nothing. */
final class RequestLookup implements CommitWork {
    private final String id;
    private @Nullable StoredRequest found;

    private RequestLookup(String id) {
        this.id = id;
    }

    /** Whether exactly {@code wanted} is stored in {@code storage}. */
    static boolean holds(Storage storage, StoredRequest wanted) {
        RequestLookup lookup = new RequestLookup(wanted.id());
        storage.commit(lookup);
        StoredRequest found = lookup.found;
        return found != null
                && found.timeMicros() == wanted.timeMicros()
                && found.sequence() == wanted.sequence()
                && Arrays.equals(found.fingerprint(), wanted.fingerprint())
                && Arrays.equals(found.outcome(), wanted.outcome());
    }

    @Override
    public List<RecordRef> reads() {
        return List.of();
    }

    @Override
    public CommitPlan decide(CommitView view) {
        found = view.request(id);
        return new CommitPlan(List.of(), List.of());
    }
}
