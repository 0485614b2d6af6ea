package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.storage.duckdb.journal.JournalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents that were dropped go from the segments of the journal that are full, one after the other, and nothing else does. */
final class DroppedSpaceTest {
    /** Each is in the journal three times: in the change's delta and image, and as the version. */
    private static final int VALUE_BYTES = 16 << 10;

    /** Short enough that eleven versions or so fill one. */
    private static final JournalOptions SHORT_SEGMENTS = new JournalOptions(512 << 10, 0);

    private static final int VERSIONS = 26;
    private static final int DROPPED = 24;
    private static final byte[] GONE = {'g', 'o', 'n', 'e'};
    private static final String FIRST_SEGMENT = "00000000000000000001.rkj";

    private final Traces traces = new Traces(23);

    @TempDir
    private Path directory;

    private Path database;

    /** Two segments that are full, and one that is not. */
    @BeforeEach
    void fill() {
        database = directory.resolve("store.duckdb");
        String filling = "x".repeat(VALUE_BYTES);
        try (Storage storage = open()) {
            storage.install(ErasableStore.LAYOUT);
            for (int i = 0; i < VERSIONS; i++) {
                ErasableStore.write(storage, "ann", traces.value() + i + filling);
            }
        }
    }

    private Storage open() {
        return DuckdbStorage.at(database).journal(SHORT_SEGMENTS).open(Access.READ_WRITE);
    }

    private static List<LoggedChange> withoutContents(Storage storage, int versions) {
        return storage.commitsAfter(0, versions).stream()
                .map(commit -> commit.changes().get(0))
                .map(change -> new LoggedChange(
                        change.storeId(),
                        change.key(),
                        change.version(),
                        change.kind(),
                        change.id(),
                        change.previousId(),
                        GONE,
                        null))
                .toList();
    }

    private long journalBytes() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("store.duckdb.journal"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static List<String> log(Storage storage) {
        return storage.commitsAfter(0, VERSIONS).stream()
                .map(LoggedCommit::changes)
                .map(changes -> changes.get(0))
                .map(change -> change.id() + " " + change.delta().length + " "
                        + (change.image() == null ? "none" : change.image().length))
                .toList();
    }

    @Test
    void fullSegmentsAreWrittenAnewOneAtATimeAndTellTheSame() throws Exception {
        long before = journalBytes();
        List<String> log;
        try (Storage storage = open()) {
            assertThat(storage.reclaim()).isFalse();
            storage.dropContents(withoutContents(storage, DROPPED));
            log = log(storage);
            assertThat(storage.reclaim()).isTrue();
            long afterOne = journalBytes();
            assertThat(before - afterOne).isBetween(480L << 10, 600L << 10);
            assertThat(storage.reclaim()).isTrue();
            assertThat(afterOne - journalBytes()).isBetween(400L << 10, 600L << 10);
            assertThat(storage.reclaim()).isFalse();
            assertThat(storage.check()).isEmpty();
            ErasableStore.write(storage, "bob", "b");
        }
        Files.delete(database);
        try (Storage storage = open()) {
            assertThat(log(storage)).isEqualTo(log);
            assertThat(storage.contentsDroppedThrough(ErasableStore.LAYOUT)).isEqualTo(DROPPED);
            assertThat(storage.versionAt(ErasableStore.LAYOUT, "ann", 3)).isEqualTo(3);
            assertThat(storage.check()).isEmpty();
            assertThat(storage.reclaim()).isTrue();
            long now = journalBytes();
            assertThat(storage.reclaim()).isTrue();
            assertThat(storage.reclaim()).isFalse();
            assertThat(storage.reclaim()).isFalse();
            assertThat(journalBytes()).isEqualTo(now);
        }
    }

    @Test
    void aSegmentThatHoldsLittleOfItStays() throws Exception {
        Path first = directory.resolve("store.duckdb.journal").resolve(FIRST_SEGMENT);
        try (Storage storage = open()) {
            storage.dropContents(withoutContents(storage, 1));
            long before = first.toFile().length();
            while (storage.reclaim()) {
                assertThat(first).hasSize(before);
            }
            storage.dropContents(withoutContents(storage, 3));
            assertThat(storage.reclaim()).isTrue();
            assertThat(first.toFile().length()).isLessThan(before);
        }
    }

    /** The newest version that was dropped is told by what came after; so the journal keeps it, of which the database is made anew. */
    @Test
    void whatIsToldStaysInTheJournal() throws Exception {
        try (Storage storage = open()) {
            storage.dropContents(withoutContents(storage, 4));
            assertThat(storage.reclaim()).isTrue();
        }
        List<String> kept = history();
        assertThat(kept).hasSize(VERSIONS - 3).doesNotContain("4 null");
        Files.delete(database);
        open().close();
        assertThat(history()).isEqualTo(kept);
    }

    private List<String> history() throws SQLException {
        List<String> versions = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT _version || ' ' || coalesce(md5(name), 'null') FROM rowkeep_history_people ORDER BY _version")) {
            while (row.next()) {
                versions.add(row.getString(1));
            }
        }
        return versions;
    }
}
