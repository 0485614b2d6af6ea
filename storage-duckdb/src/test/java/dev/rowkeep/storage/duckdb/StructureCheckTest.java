package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another DuckDB program has changed while nobody had the file open is found by verifying. */
final class StructureCheckTest {
    private static final Column<Long> ID = Column.integer("id");
    private static final Column<Double> SHARE = Column.real("share");
    private static final Schema<Long, Row> ITEMS = Schema.dynamic("items", ID, SHARE);

    @TempDir
    private Path directory;

    @BeforeEach
    void fill() {
        try (RowKeep keep = open()) {
            RecordStore<Long, Row> items = keep.store(ITEMS);
            for (long id = 0; id < 5; id++) {
                items.insert(Row.of(ITEMS, id).with(SHARE, id % 2 == 0 ? null : 0.5));
            }
            items.update(1L, row -> row.with(SHARE, 1.5));
            items.delete(2L);
        }
    }

    @Test
    void whatNobodyTouchedIsSound() {
        assertThat(problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM rowkeep_history_items WHERE id = 1 AND _version = 1",
                "INSERT INTO rowkeep_history_items SELECT * FROM rowkeep_history_items WHERE id = 3",
                "UPDATE rowkeep_history_items SET _kind = 'INSERT' WHERE id = 1 AND _version = 2",
                "UPDATE rowkeep_history_items SET _previous = 0 WHERE id = 1",
                "UPDATE rowkeep_history_items SET _by = 'somebody' WHERE id = 3",
                "UPDATE rowkeep_history_items SET id = 7 WHERE id = 3",
                "UPDATE rowkeep_history_items SET share = 9 WHERE id = 1 AND _version = 2",
                "UPDATE rowkeep_history_items SET share = 1 WHERE id = 0",
                "UPDATE items SET share = 9 WHERE id = 1",
                "DELETE FROM items WHERE id = 3",
                "INSERT INTO items SELECT * FROM items WHERE id = 3",
                "DELETE FROM rowkeep_tombstones",
                "UPDATE rowkeep_changes SET version = 9 WHERE version = 2",
                "UPDATE rowkeep_commits SET author = 'somebody' WHERE sequence = 2",
                "DELETE FROM rowkeep_commits WHERE sequence = 7"
            })
    void whatWasChangedIsFound(String change) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("store.duckdb"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(change)).isPositive();
        }

        assertThat(problem()).isPresent();
    }

    private Optional<?> problem() {
        try (RowKeep keep = open()) {
            return keep.log().verify().problem();
        }
    }

    private RowKeep open() {
        return RowKeep.open(DuckdbStorage.at(directory.resolve("store.duckdb")));
    }
}
