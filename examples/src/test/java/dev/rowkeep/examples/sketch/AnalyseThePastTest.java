package dev.rowkeep.examples.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.examples.Snippets;
import dev.rowkeep.examples.sketch.AnalyseThePast.Delivery;
import dev.rowkeep.query.ExportedFile;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnalyseThePastTest {
    @Test
    void thePastIsBesideThePresentAndTheHistoryIsInAFile(@TempDir Path directory) {
        try (RowKeep keep = RowKeep.open(DuckdbStorage.at(directory.resolve("deliveries.duckdb")))) {
            RecordStore<String, Delivery> deliveries = keep.store(AnalyseThePast.DELIVERIES);
            deliveries.insert(new Delivery("d1", "north", 30));
            deliveries.insert(new Delivery("d2", "north", 50));
            deliveries.insert(new Delivery("d3", "south", 20));
            Position then = keep.log().head();
            deliveries.update("d2", delivery -> new Delivery("d2", "north", 40));

            assertThat(AnalyseThePast.thenAndNow(keep, then))
                    .extracting(SqlRow::values)
                    .containsExactly(List.of("north", 40.0, 35.0), List.of("south", 20.0, 20.0));
            ExportedFile file = AnalyseThePast.history(keep, directory);
            assertThat(file.rows()).isEqualTo(4);
            assertThat(file.path()).isNotEmptyFile();
        }
        assertThat(Snippets.inDocument("README.md", "analytics"))
                .isEqualTo(Snippets.inSource(AnalyseThePast.class, "analytics"));
    }
}
