package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteOpeningTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("a.db");
    }

    private Storage open(Access access) {
        return SqliteStorage.at(file).open(access);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void sql(String... statements) throws SQLException {
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = raw.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static void assertRefused(Path path, StorageException.Kind kind, String message) {
        assertThatThrownBy(() -> SqliteStorage.at(path).open(Access.READ_WRITE))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(message);
    }

    @Test
    void everyFileIsForItsOwnerOnly() throws IOException {
        try (Storage storage = open(Access.READ_WRITE)) {
            storage.install(TestLayouts.PRODUCTS);
            TestPlans.put(storage, TestLayouts.PRODUCTS, "A", "n", 1L);
            assertThat(files()).containsExactly("a.db", "a.db-shm", "a.db-wal", "a.db.counters", "a.db.lock");
            for (String each : files()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(each))))
                        .as(each)
                        .isEqualTo("rw-------");
            }
        }
        assertThat(files()).containsExactly("a.db", "a.db.counters", "a.db.lock");
    }

    @Test
    void contentLayoutsAndIdentityAreThereAfterReopening() {
        UUID incarnation;
        Head head;
        try (Storage storage = open(Access.READ_WRITE)) {
            storage.install(TestLayouts.PRODUCTS);
            TestPlans.put(storage, TestLayouts.PRODUCTS, "A", "n", 1L);
            incarnation = storage.incarnation();
            head = storage.head();
        }
        for (Access access : Access.values()) {
            try (Storage storage = open(access)) {
                assertThat(storage.incarnation()).isEqualTo(incarnation);
                assertThat(storage.layouts()).containsExactly(TestLayouts.PRODUCTS);
                assertThat(storage.head()).usingRecursiveComparison().isEqualTo(head);
                assertThat(storage.read(TestLayouts.PRODUCTS, "A").cells()).containsExactly("n", 1L);
                assertThat(storage.check()).isEmpty();
            }
        }
    }

    @Test
    void readOnlyRefusesWritesAndAMissingFile() throws IOException {
        assertThatThrownBy(() -> open(Access.READ_ONLY))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("not there");
        assertThat(files()).isEmpty();
        open(Access.READ_WRITE).close();
        try (Storage storage = open(Access.READ_ONLY)) {
            assertThatThrownBy(() -> storage.install(TestLayouts.PRODUCTS)).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> storage.commit(TestPlans.oneCommit(List.of())))
                    .isInstanceOf(StorageException.class);
        }
    }

    @Test
    void pathsThatAreNotSafeAreRefusedAndNothingIsCreated() throws IOException {
        assertRefused(
                directory.resolve("a.db?enable_load_extension=true"), StorageException.Kind.PERMANENT, "question mark");
        assertRefused(directory.resolve("a\nb"), StorageException.Kind.PERMANENT, "control character");
        assertRefused(directory, StorageException.Kind.PERMANENT, "it is a directory");
        assertRefused(directory.resolve("no/a.db"), StorageException.Kind.PERMANENT, "its directory is not there");
        assertThat(files()).isEmpty();
    }

    @Test
    void namesThatTheDriverCouldMistakeAreJustNames() throws IOException {
        for (String name : List.of(":memory:", "file:x", "mode=memory.db", "a b#c%41&d;e.db")) {
            try (Storage storage = SqliteStorage.at(directory.resolve(name)).open(Access.READ_WRITE)) {
                storage.install(TestLayouts.PRODUCTS);
            }
            assertThat(files()).contains(name, name + ".lock");
        }
    }

    @Test
    void aFileWithASecondNameIsRefused() throws IOException {
        open(Access.READ_WRITE).close();
        Files.createLink(directory.resolve("b.db"), file);
        assertRefused(file, StorageException.Kind.PERMANENT, "hard link");
    }

    @Test
    void aDatabaseOfSomebodyElseIsRefusedUnchanged() throws Exception {
        sql("CREATE TABLE theirs (x)");
        byte[] before = Files.readAllBytes(file);
        assertRefused(file, StorageException.Kind.PERMANENT, "not RowKeep's");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedUnchanged() throws IOException {
        Files.writeString(file, "no database ".repeat(500));
        assertRefused(file, StorageException.Kind.PERMANENT, "not a SQLite database");
        assertThat(file).hasContent("no database ".repeat(500));
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        open(Access.READ_WRITE).close();
        sql("UPDATE rowkeep_meta SET format = 2");
        assertRefused(file, StorageException.Kind.PERMANENT, "format is version 2");
    }

    @Test
    void anEmptyFileAndAnEmptyDatabaseBecomeStorages() throws Exception {
        Files.createFile(file);
        open(Access.READ_WRITE).close();
        file = directory.resolve("b.db");
        sql("PRAGMA journal_mode = WAL", "CREATE TABLE x (y)", "DROP TABLE x");
        try (Storage storage = open(Access.READ_WRITE)) {
            assertThat(storage.layouts()).isEmpty();
        }
    }

    @Test
    void aSecondOpenerInTheProcessIsRefusedUnderAnyNameOfTheFile() throws IOException {
        try (Storage storage = open(Access.READ_WRITE)) {
            Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
            for (Path other : List.of(file, link, directory.resolve("x/../a.db"))) {
                assertRefused(other, StorageException.Kind.BUSY, "already in this process");
            }
            assertThat(storage.check()).isEmpty();
        }
        open(Access.READ_WRITE).close();
    }

    /** Closing a file lets go of all locks that the process has on it, those of SQLite's own connections too. */
    @Test
    void openersThatAreRefusedLetGoOfNoneOfTheLocks() throws Exception {
        try (Storage storage = open(Access.READ_WRITE)) {
            storage.install(TestLayouts.PRODUCTS);
            TestPlans.put(storage, TestLayouts.PRODUCTS, "A", "a", 1L);
            long locks = locks();
            assertRefused(file, StorageException.Kind.BUSY, "already in this process");
            assertThat(locks()).as("locks of this process on the database").isEqualTo(locks);
            assertThat(OtherProcess.look(file)).isEqualTo(1);
            TestPlans.put(storage, TestLayouts.PRODUCTS, "B", "b", 2L);
            assertThat(OtherProcess.look(file)).isEqualTo(2);
            assertThat(directory.resolve("a.db-wal")).exists();
        }
    }

    /** How many locks this process has on the database file, where the system tells. */
    private long locks() throws IOException {
        Path told = Path.of("/proc/locks");
        if (!Files.isReadable(told)) {
            return 0;
        }
        String holder = " " + ProcessHandle.current().pid() + " ";
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        return Files.readAllLines(told).stream()
                .filter(line -> line.contains(holder) && line.contains(inode))
                .count();
    }

    @Test
    void exclusiveKeepsOtherProcessesOutAndTellsThemWhoHasIt() throws Exception {
        try (Storage storage = SqliteStorage.at(file).exclusive().open(Access.READ_WRITE)) {
            assertThat(OtherProcess.open(file, Access.READ_WRITE))
                    .contains("BUSY")
                    .contains("process " + ProcessHandle.current().pid() + ", since")
                    .contains("exclusively");
            assertThat(OtherProcess.open(file, Access.READ_ONLY)).contains("BUSY");
            assertThat(storage.check()).isEmpty();
        }
        assertThat(OtherProcess.openExclusively(file)).contains("OPENED");
    }

    @Test
    void severalProcessesHaveItOpenTogetherAndKeepAnExclusiveOneOut() throws Exception {
        try (Storage storage = open(Access.READ_WRITE)) {
            assertThat(OtherProcess.open(file, Access.READ_WRITE)).contains("OPENED");
            assertThat(OtherProcess.open(file, Access.READ_ONLY)).contains("OPENED");
            assertThat(OtherProcess.openExclusively(file)).contains("BUSY").contains("without exclusive()");
            assertThat(storage.check()).isEmpty();
        }
        try (Storage storage = open(Access.READ_ONLY)) {
            assertThat(OtherProcess.open(file, Access.READ_WRITE)).contains("OPENED");
            assertThat(storage.check()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void whatAKilledProcessAcknowledgedIsDurableBeforeItIsAnswered(Access access) throws Exception {
        long acknowledged = OtherProcess.writeAndDie(file);
        assertThat(directory.resolve("a.db-wal")).isNotEmptyFile();
        try (Storage storage = open(access)) {
            // All of it was moved into the database file, which SQLite syncs when it empties the log.
            assertThat(new DatabaseFile(file.toRealPath()).walBytes()).isZero();
            assertThat(storage.head().sequence()).isEqualTo(acknowledged);
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void aReaderInTheWayOfTheCheckpointDoesNotKeepTheStorageFromOpening() throws Exception {
        long acknowledged = OtherProcess.writeAndDie(file);
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = raw.createStatement()) {
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM rowkeep_commits").close();
            try (Storage storage = SqliteStorage.at(file)
                    .busyTimeout(java.time.Duration.ofMillis(50))
                    .open(Access.READ_WRITE)) {
                assertThat(storage.head().sequence()).isEqualTo(acknowledged);
                TestPlans.put(storage, TestLayouts.PRODUCTS, "Z", "z", 1L);
            }
            statement.execute("COMMIT");
        }
        sql("SELECT 1");
        try (Storage storage = open(Access.READ_ONLY)) {
            assertThat(storage.read(TestLayouts.PRODUCTS, "Z")).isNotNull();
        }
    }

    @Test
    void anInterruptedThreadOpensWorksAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try (Storage storage = open(Access.READ_WRITE)) {
            storage.install(TestLayouts.PRODUCTS);
            TestPlans.put(storage, TestLayouts.PRODUCTS, "A", "n", 1L);
            assertThat(storage.read(TestLayouts.PRODUCTS, "A")).isNotNull();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFileFromBeforePersonalColumnsOpensAndTakesThem() throws SQLException {
        try (Storage storage = open(Access.READ_WRITE)) {
            storage.install(TestLayouts.PRODUCTS);
        }
        sql("ALTER TABLE rowkeep_columns DROP COLUMN sensitivity");
        try (Storage storage = open(Access.READ_ONLY)) {
            assertThat(storage.layouts()).containsExactly(TestLayouts.PRODUCTS);
        }
        StoreLayout people = new StoreLayout(
                2,
                "people",
                new StoreLayout.LayoutColumn(0, "id", ColumnType.TEXT),
                List.of(new StoreLayout.LayoutColumn(1, "name", ColumnType.TEXT, StoreLayout.Sensitivity.PERSONAL)),
                List.of());
        try (Storage storage = open(Access.READ_WRITE)) {
            storage.install(people);
        }
        try (Storage storage = open(Access.READ_WRITE)) {
            assertThat(storage.layouts()).containsExactly(TestLayouts.PRODUCTS, people);
        }
    }
}
