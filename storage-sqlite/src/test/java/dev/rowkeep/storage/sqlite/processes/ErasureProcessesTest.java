package dev.rowkeep.storage.sqlite.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Erasing while another process commits without a pause. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ErasureProcessesTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> NAME = Column.text("name").personal();
    private static final Schema<String, Row> PEOPLE = Schema.dynamic("people", ID, NAME);
    private static final int PERSONS = 5;
    private static final String SECRET = "Zebulon";

    @TempDir
    Path directory;

    @Test
    void othersGoOnWritingAndNothingOfWhatIsErasedIsLeft() throws Exception {
        WorkerProcess hot = WorkerProcess.start(HotWriter.class, directory, "hot");
        try {
            assertThat(hot.awaitWriting()).isTrue();
            try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
                RecordStore<String, Row> people = keep.store(PEOPLE);
                for (int person = 0; person < PERSONS; person++) {
                    String key = "p" + person;
                    people.insert(Row.of(PEOPLE, key).with(NAME, SECRET));
                    people.update(key, row -> row.with(NAME, (SECRET + " the Second ").repeat(500)));
                    long before = keep.log().head().sequence();
                    keep.session(Author.user("officer")).erase(Subject.of(PEOPLE, key));
                    assertThat(keep.log().head().sequence()).isGreaterThan(before);
                }
            }
            Files.createFile(directory.resolve("stop"));
            assertThat(hot.awaitEnd()).isTrue();
        } finally {
            hot.kill();
        }
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
            long value =
                    keep.store(Worker.RECORDS).get("hot").orElseThrow().value().require(Worker.VALUE);
            long version = keep.store(Worker.RECORDS).get("hot").orElseThrow().version();
            assertThat(value).isEqualTo(version - 1).isPositive();
            assertThat(keep.log().verify().problem()).isEmpty();
        }
        assertThat(holdsSecret("store.db")).isFalse();
        assertThat(Files.exists(directory.resolve("store.db-wal"))).isFalse();
    }

    /** Nobody has it open any more. */
    private boolean holdsSecret(String file) throws IOException {
        return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.ISO_8859_1).contains(SECRET);
    }
}
