package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged reaches the database though nobody asks for it. */
final class ProjectorTest {
    private static final Column<Long> ID = Column.integer("id");
    private static final Column<Long> VALUE = Column.integer("value");
    private static final Schema<Long, Row> RECORDS = Schema.dynamic("records", ID, VALUE);
    private static final long WRITING_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    private Path directory;

    /** While some commits are being brought in, others come; they must not wait for a commit after them. */
    @Test
    void everyCommitOfASteadyStreamIsBroughtInThoughNobodyAsks() throws Exception {
        Path database = directory.resolve("store.duckdb");
        try (RowKeep keep = RowKeep.open(DuckdbStorage.at(database))) {
            RecordStore<Long, Row> records = keep.store(RECORDS);
            long end = System.nanoTime() + WRITING_NANOS;
            for (long i = 0; System.nanoTime() < end; i++) {
                records.insert(Row.of(RECORDS, i).with(VALUE, i));
            }
            long head = keep.log().head().sequence();
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            try (Connection connection = OpenDatabase.connect(database);
                    Statement statement = connection.createStatement()) {
                while (projected(statement) < head && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                assertThat(projected(statement)).isEqualTo(head);
            }
        }
    }

    private static long projected(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT sequence FROM rowkeep_meta")) {
            return row.next() ? row.getLong(1) : -1;
        }
    }
}
