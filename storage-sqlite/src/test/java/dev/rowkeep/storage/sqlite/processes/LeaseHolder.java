package dev.rowkeep.storage.sqlite.processes;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.LeaseLostException;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One of several processes that want the same lease. Who has it writes as fast as it can until it is refused, never looks at a clock, and
 * says so in its diary: {@code acquired TOKEN} and {@code refused TOKEN}.
 */
final class LeaseHolder {
    static final String LEASE = "counting";
    static final Duration TIME = Duration.ofMillis(100);

    private static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value");
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);

    private LeaseHolder() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        try (FileOutputStream diary = new FileOutputStream(
                        directory.resolve("diary-" + args[1]).toFile(), true);
                RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
            Session session = keep.session(Author.job(args[1]));
            while (!Files.exists(directory.resolve("stop"))) {
                try {
                    if (session.leases().acquire(LEASE, TIME) instanceof LeaseResult.Acquired acquired) {
                        writeUntilRefused(keep, session, acquired.lease(), diary);
                    }
                } catch (RetriesExhaustedException e) {
                    // Others came first, again and again.
                }
                Thread.sleep(5);
            }
        }
    }

    private static void writeUntilRefused(RowKeep keep, Session session, Lease lease, FileOutputStream diary)
            throws IOException {
        say(diary, "acquired " + lease.token());
        RecordStore<String, Row> fenced = keep.store(RECORDS)
                .as(session.correlatedBy("token " + lease.token()).fencedBy(lease));
        try {
            while (true) {
                fenced.apply(Edit.update(RECORDS, "r").add(VALUE, 1L)).orThrow();
            }
        } catch (LeaseLostException e) {
            say(diary, "refused " + lease.token());
        }
    }

    private static void say(FileOutputStream diary, String line) throws IOException {
        diary.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
