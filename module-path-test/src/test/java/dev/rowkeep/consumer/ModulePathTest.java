package dev.rowkeep.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModulePathTest {
    @Test
    void consumerAndLibraryResolveAsNamedModules() {
        assertThat(ModulePathTest.class.getModule().getName()).isEqualTo("dev.rowkeep.consumer");
        assertThat(ModuleReport.libraryModules())
                .containsExactly(
                        "dev.rowkeep.consumer",
                        "dev.rowkeep.core",
                        "dev.rowkeep.storage.duckdb",
                        "dev.rowkeep.storage.jdbc",
                        "dev.rowkeep.storage.sqlite");
    }

    @Test
    void internalPackagesAreExportedToNobody() {
        Module core = ModuleLayer.boot().findModule("dev.rowkeep.core").orElseThrow();
        assertThat(core.getDescriptor().exports())
                .noneMatch(export -> export.source().startsWith("dev.rowkeep.internal"));
    }

    /** DuckDB's driver is an automatic module, which reads what it needs by other rules than ours. */
    @ParameterizedTest
    @MethodSource("storages")
    void aStoreIsWrittenAndReadOnTheModulePath(Function<Path, StorageProvider> storage, @TempDir Path directory) {
        Column<String> id = Column.text("id");
        Schema<String, Row> notes = Schema.dynamic("notes", id, Column.integer("value"));
        try (RowKeep keep = RowKeep.open(storage.apply(directory.resolve("store")))) {
            keep.store(notes).insert(Row.of(notes, "n1"));
            assertThat(keep.sql().select("SELECT id FROM notes").get(0).get("id"))
                    .isEqualTo("n1");
        }
    }

    static Stream<Function<Path, StorageProvider>> storages() {
        return Stream.of(SqliteStorage::at, DuckdbStorage::at);
    }
}
