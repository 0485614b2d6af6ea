package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a copy of SQLite's is as a file. */
@Timeout(120)
final class SqliteBackupTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> NAME = Column.text("name").unique();
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 10, 2);
    private static final Schema<String, Row> GOODS = Schema.dynamic("goods", ID, NAME, PRICE);

    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("backups"));
    }

    private RowKeep open(String name) {
        return RowKeep.open(SqliteStorage.at(directory.resolve(name)));
    }

    private static Path file(Backup backup) {
        return backup.path().resolve("store.db");
    }

    private static void fill(RowKeep keep) {
        RecordStore<String, Row> goods = keep.store(GOODS);
        for (int i = 0; i < 50; i++) {
            goods.insert(Row.of(GOODS, "g" + i).with(NAME, "good " + i).with(PRICE, new BigDecimal("19.99")));
        }
    }

    @Test
    void theCopyIsADatabaseOfTheSameForm() throws Exception {
        List<String> expected;
        Backup backup;
        try (RowKeep keep = open("a.db")) {
            fill(keep);
            expected = form(directory.resolve("a.db"));
            backup = keep.backups(folder).create();
        }
        assertThat(form(file(backup)))
                .isEqualTo(expected)
                .contains("page_size 2048", "journal_mode wal", "application_id 1383549808")
                .anyMatch(line -> line.contains("STRICT"))
                .anyMatch(line -> line.contains("CREATE VIEW"))
                .anyMatch(line -> line.contains("GENERATED ALWAYS"))
                .anyMatch(line -> line.contains("CREATE UNIQUE INDEX"));
        assertThat(Files.list(backup.path()).map(path -> path.getFileName().toString()))
                .as("nothing of what opening the copy made")
                .containsExactlyInAnyOrder("backup.json", "store.db");
    }

    private static List<String> form(Path database) throws SQLException {
        List<String> form = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            for (String setting : List.of("page_size", "journal_mode", "application_id", "user_version", "encoding")) {
                form.add(setting + " " + all(connection, "PRAGMA " + setting).get(0));
            }
            form.addAll(all(connection, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"));
            form.addAll(all(connection, "SELECT group_concat(id || price || _price_e2 || _position) FROM goods"));
            form.addAll(all(connection, "SELECT count(*) || max(sequence) FROM rowkeep_changes"));
        }
        return form;
    }

    private static List<String> all(Connection connection, String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }

    @Test
    void copiesAreForTheirOwnerOnly() throws IOException {
        Assumptions.assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (RowKeep keep = open("a.db")) {
            fill(keep);
            Backup backup = keep.backups(folder).create();
            RowKeep.restore(backup.path(), SqliteStorage.at(directory.resolve("b.db")));
            for (Path file : List.of(file(backup), backup.path().resolve("backup.json"), directory.resolve("b.db"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.path())))
                    .isEqualTo("rwx------");
        }
    }

    /** What lies on free pages is none of a backup's business. */
    @Test
    void nothingThatWasDeletedWithSqlIsInTheCopy() throws Exception {
        try (RowKeep keep = open("a.db")) {
            fill(keep);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("a.db"))) {
            connection.createStatement().execute("CREATE TABLE mine (secret TEXT)");
            connection.createStatement().execute("INSERT INTO mine VALUES ('nobody must find this')");
            connection.createStatement().execute("DROP TABLE mine");
        }
        assertThat(text(directory.resolve("a.db"))).contains("nobody must find this");
        try (RowKeep keep = open("a.db")) {
            Backup backup = keep.backups(folder).create();
            assertThat(text(file(backup)))
                    .doesNotContain("nobody must find this")
                    .contains("good 7");
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** The counters that the copy names are those of the original; whoever opens it first makes others. */
    @Test
    void aRestoredStoreIsSharedByProcessesLikeAnyOther() throws Exception {
        Backup backup;
        try (RowKeep keep = open("a.db")) {
            keep.store(OtherKeep.RECORDS).insert(Row.of(OtherKeep.RECORDS, "a").with(OtherKeep.VALUE, 1L));
            backup = keep.backups(folder).create();
            Path restored = directory.resolve("b.db");
            RowKeep.restore(backup.path(), SqliteStorage.at(restored));
            try (RowKeep again = open("b.db")) {
                RecordStore<String, Row> records = again.store(OtherKeep.RECORDS);
                assertThat(records.get("a").orElseThrow().version()).isEqualTo(1);
                assertThat(OtherKeep.run(restored, OtherKeep.Deed.ADD)).isEqualTo("DONE 2");
                assertThat(records.get("a").orElseThrow().version()).isEqualTo(2);
                records.apply(Edit.update(OtherKeep.RECORDS, "a").add(OtherKeep.VALUE, 1L))
                        .orThrow();
                assertThat(Files.mismatch(directory.resolve("a.db.counters"), directory.resolve("b.db.counters")))
                        .isNotEqualTo(-1);
            }
            assertThat(keep.store(OtherKeep.RECORDS).get("a").orElseThrow().version())
                    .isEqualTo(1);
        }
    }

    /** A backup with SQLite's online backup would begin anew with each commit of another connection. */
    @Test
    void commitsWithoutAPauseDoNotKeepACopyFromItsEnd() throws InterruptedException {
        try (RowKeep keep = open("a.db")) {
            RecordStore<String, Row> goods = keep.store(GOODS);
            fill(keep);
            AtomicBoolean isOver = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                while (!isOver.get()) {
                    goods.update("g1", row -> row.with(PRICE, row.require(PRICE).add(BigDecimal.ONE)));
                }
            });
            writer.start();
            try {
                Backup first = keep.backups(folder).create();
                while (!keep.log().head().isAfter(first.position())) {
                    Thread.onSpinWait();
                }
                Backup second = keep.backups(folder).create();
                assertThat(second.position().isAfter(first.position())).isTrue();
            } finally {
                isOver.set(true);
                writer.join();
            }
        }
    }
}
