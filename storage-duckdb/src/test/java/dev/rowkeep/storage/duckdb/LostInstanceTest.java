package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After some failures, such as one of a sync, DuckDB answers nothing more on a database until it is opened anew: the storage does that. */
final class LostInstanceTest {
    private static final Column<Long> ID = Column.integer("id");
    private static final Column<Long> VALUE = Column.integer("value");
    private static final Schema<Long, Row> RECORDS = Schema.dynamic("records", ID, VALUE);

    @TempDir
    private Path directory;

    @Test
    void databaseIsOpenedAnewForReadsByKey() throws Exception {
        withALostInstance(records ->
                assertThat(records.get(1L).orElseThrow().value().get(VALUE)).isEqualTo(11));
    }

    @Test
    void databaseIsOpenedAnewForQueries() throws Exception {
        withALostInstance(records -> assertThat(records.query().count()).isEqualTo(2));
    }

    @Test
    void databaseIsOpenedAnewForPastVersions() throws Exception {
        withALostInstance(records ->
                assertThat(records.asOf(1L, 1).orElseThrow().value().get(VALUE)).isEqualTo(10));
    }

    private interface Reading {
        void read(RecordStore<Long, Row> records);
    }

    private void withALostInstance(Reading reading) throws Exception {
        Path database = directory.resolve("store.duckdb");
        RowKeep.open(DuckdbStorage.at(database)).close();
        // Within one process, the driver gives the storage the database that this connection has opened.
        try (Connection outside = OpenDatabase.connect(database);
                RowKeep keep = open(database, outside)) {
            RecordStore<Long, Row> records = keep.store(RECORDS);
            records.insert(Row.of(RECORDS, 1L).with(VALUE, 10L));
            assertThat(records.query().count()).isOne();
            lose(outside);

            records.update(1L, row -> row.with(VALUE, 11L)); // Of what is in the cache, and into the journal.
            records.insert(Row.of(RECORDS, 2L).with(VALUE, 20L));
            assertThatThrownBy(() -> records.query().count()).isInstanceOf(StorageException.class);
            reading.read(records);

            records.insert(Row.of(RECORDS, 3L).with(VALUE, 30L));
            assertThat(records.query().count()).isEqualTo(3);
            assertThat(keep.log().verify().problem()).isEmpty();
        }
        try (RowKeep keep = RowKeep.open(DuckdbStorage.at(database));
                Stream<Path> files = Files.list(directory)) {
            assertThat(keep.store(RECORDS).query().count()).isEqualTo(3);
            assertThat(keep.log().verify().problem()).isEmpty();
            assertThat(files).noneMatch(file -> file.toString().contains(".aside-"));
        }
    }

    private static RowKeep open(Path database, Connection outside) throws SQLException {
        try (Statement statement = outside.createStatement()) {
            statement.execute("SET debug_checkpoint_abort = 'before_header'");
        }
        return RowKeep.open(DuckdbStorage.at(database), KeepOptions.defaults().cachedRecords(1));
    }

    private static void lose(Connection outside) throws SQLException {
        try (Statement statement = outside.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CHECKPOINT")).hasMessageContaining("FATAL");
        }
        outside.close();
    }
}
