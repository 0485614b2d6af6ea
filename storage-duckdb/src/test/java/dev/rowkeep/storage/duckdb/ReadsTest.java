package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedCommit;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

/** What is in the database and what waits to be brought there are put together as of one log. */
final class ReadsTest {
    /** The waiting part was known before, and the other is read of the new database. */
    @Test
    void logIsReadAgainIfItWasErasedFromMeanwhile() throws Exception {
        Resident resident =
                new Resident(0, new Resident.Past(Head.empty(), Map.of()), Head.empty(), List.of(), List.of());
        DuckdbSession first =
                new DuckdbSession(DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
        Sessions sessions = new Sessions(first, new Failures(Path.of("none")));
        Projector projector = new Projector(resident, sessions, entry -> first);
        List<Resident.Backlog> asked = new ArrayList<>();

        List<LoggedCommit> read = new Reads(resident, sessions, projector).asOfOneLog(backlog -> {
            asked.add(backlog);
            if (asked.size() == 1) {
                resident.erasing();
            }
            return backlog.commitsAfter(0);
        });

        assertThat(read).isEmpty();
        assertThat(asked).extracting(Resident.Backlog::erasures).containsExactly(0L, 1L);
        projector.close();
        sessions.close();
    }
}
