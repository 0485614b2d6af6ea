package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Reads a log for writes of who did not hold the lease that it wrote under. Each of those says its token as its correlation id, and there
 * is one lease.
 */
public final class LeaseAudit {
    private long token;
    private Instant expiresAt = Instant.MIN;
    private int writes;

    private LeaseAudit() {}

    /** Checks the whole log of {@code keep}; how many tokens were given. */
    public static long requireNoWriteByAStaleHolder(RowKeep keep) {
        LeaseAudit audit = new LeaseAudit();
        Position after = keep.log().start();
        for (List<Commit> page = keep.log().read(after, 1_000);
                !page.isEmpty();
                page = keep.log().read(after, 1_000)) {
            page.forEach(audit::check);
            after = page.get(page.size() - 1).position();
        }
        assertThat(audit.writes).as("writes under a lease").isPositive();
        return audit.token;
    }

    private void check(Commit commit) {
        commit.header().correlationId().ifPresent(claimed -> {
            writes++;
            assertThat(claimed).as("the token of %s", commit.position()).isEqualTo("token " + token);
            assertThat(commit.header().time())
                    .as("the time of %s", commit.position())
                    .isBefore(expiresAt);
        });
        for (Change change : commit.changes()) {
            if (change.store().equals("rowkeep_leases")) {
                change.cells().forEach(this::follow);
            }
        }
    }

    private void follow(CellChange cell) {
        if (cell.column().equals("token")) {
            assertThat((Long) cell.after()).as("a new token").isEqualTo(token + 1);
            token++;
        } else if (cell.column().equals("expiresAt")) {
            expiresAt = (Instant) Objects.requireNonNull(cell.after());
        }
    }
}
