package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Deferral;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.LeaseLostException;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes that take effect once, and a job that waits for people. */
public final class OnceAndLater {
    record Page(@Key String slug, String title, long views) {}

    static final Schema<String, Page> PAGES = Schema.of(String.class, Page.class);
    static final Column<Long> VIEWS = PAGES.column("views", Long.class);

    private OnceAndLater() {}

    // tag::once[]
    /** Counts {@code more} views, once, however often the message of this id is delivered. */
    static WriteResult<String, Page> countOnce(
            RowKeep keep, RecordStore<String, Page> pages, String messageId, long more) {
        Session session = keep.session(Author.system("counter")).forRequest(messageId); // an idempotency key
        return pages.as(session).apply(Edit.update(PAGES, "home").add(VIEWS, more));
    }
    // end::once[]

    // tag::polite-job[]
    /** Counts a view of every page, but of none that a person touched less than {@code guard} ago; gives what was put off. */
    static List<Deferral> countViews(RowKeep keep, RecordStore<String, Page> pages, Instant now, Duration guard) {
        Session job = keep.session(Author.job("views")).unlessTouchedWithin(guard);
        List<Deferral> later = new ArrayList<>();
        for (VersionedRecord<String, Page> page : pages.where(
                        Condition.touchedByUserSince(now.minus(guard)).not())
                .list()) {
            WriteResult<String, Page> result =
                    pages.as(job).apply(Edit.update(PAGES, page.key()).add(VIEWS, 1L));
            if (result instanceof WriteResult.Deferred<String, Page> deferred) {
                later.add(deferred.deferral());
            }
        }
        return later;
    }
    // end::polite-job[]

    // tag::one-at-a-time[]
    /** Recounts all pages, unless another process is at it; gives what was recounted before another one took over. */
    static int recount(RowKeep keep, RecordStore<String, Page> pages) {
        Session job = keep.session(Author.job("recount"));
        if (!(job.leases().acquire("recount", Duration.ofMinutes(1)) instanceof LeaseResult.Acquired acquired)) {
            return 0;
        }
        Lease lease = acquired.lease();
        int recounted = 0;
        try {
            for (VersionedRecord<String, Page> page : pages.query().list()) {
                lease = job.leases().renew(lease, Duration.ofMinutes(1));
                pages.as(job.fencedBy(lease))
                        .apply(Edit.update(PAGES, page.key()).set(VIEWS, 0L).basedOn(page));
                recounted++;
            }
            job.leases().release(lease);
        } catch (LeaseLostException e) {
            // Paused for too long: another one has it, and nothing of ours landed since.
        }
        return recounted;
    }
    // end::one-at-a-time[]
}
