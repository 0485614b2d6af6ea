package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be written or reached for the time being is not damaged: it is left where it is. */
final class SparedDatabaseTest {
    private static final Column<Long> ID = Column.integer("id");
    private static final Schema<Long, Row> RECORDS = Schema.dynamic("records", ID);

    @TempDir
    private Path directory;

    private Path database;

    @BeforeEach
    void fill() {
        database = directory.resolve("store.duckdb");
        insert(1);
    }

    private void insert(long id) {
        try (RowKeep keep = open()) {
            keep.store(RECORDS).insert(Row.of(RECORDS, id));
        }
    }

    private RowKeep open() {
        return RowKeep.open(DuckdbStorage.at(database));
    }

    private void requireWhole(long records) throws IOException {
        try (RowKeep keep = open()) {
            assertThat(keep.store(RECORDS).query().count()).isEqualTo(records);
            assertThat(keep.log().verify().problem()).isEmpty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().contains(".aside-"));
        }
    }

    /** Its log is a link to where nothing can be made, as on a disk that takes nothing. */
    @Test
    void databaseThatCannotBeWrittenIsNotSetAside() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path older = Files.copy(database, directory.resolve("older"));
        insert(2);
        Files.delete(database);
        Files.move(older, database);
        Path log = Files.createSymbolicLink(
                directory.resolve("store.duckdb.wal"),
                directory.resolve("nowhere").resolve("log"));

        assertThatThrownBy(this::open)
                .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                .returns(StorageException.Kind.PERMANENT, StorageException::kind);

        Files.delete(log);
        requireWhole(2);
    }

    @Test
    void databaseThatAnotherProgramHasOpenIsBusy() throws Exception {
        Process other = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseHolder.class.getName(),
                        database.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("open");
            assertThatThrownBy(this::open)
                    .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                    .returns(StorageException.Kind.BUSY, StorageException::kind);
        } finally {
            other.destroyForcibly().waitFor();
        }
        requireWhole(1);
    }

    @Test
    void databaseThatThisProcessHasOpenInAnotherWayIsBusy() throws Exception {
        Connection other = DriverManager.getConnection("jdbc:duckdb:" + database);
        try (other) {
            assertThatThrownBy(this::open)
                    .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                    .returns(StorageException.Kind.BUSY, StorageException::kind);
        }
        requireWhole(1);
    }
}
