package dev.rowkeep.examples.sketch;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A replica begins with a snapshot's file, not with the log's first commit. */
public final class BeginWithASnapshot {
    private BeginWithASnapshot() {}

    // tag::bootstrap[]
    record Reading(@Key String meter, long value) {}

    static final Schema<String, Reading> READINGS = Schema.of(String.class, Reading.class);

    static List<String> run(Path directory) {
        List<String> told = new ArrayList<>();
        Path file = directory.resolve("readings.snapshot");
        try (RowKeep primary = RowKeep.open(SqliteStorage.at(directory.resolve("readings.db")))) {
            RecordStore<String, Reading> readings = primary.store(READINGS);
            readings.insert(new Reading("m1", 10));
            for (int value = 11; value <= 20; value++) {
                long next = value;
                readings.update("m1", reading -> new Reading(reading.meter(), next));
            }
            primary.snapshots().create("for the replica");
            primary.snapshots().copy("for the replica", file);
            readings.insert(new Reading("m2", 7));

            // There, wherever the file has been carried to:
            StorageProvider there =
                    SqliteStorage.at(directory.resolve("replica.db")).exclusive();
            try (Replica replica = Replica.open(there, file)) {
                told.add("begins at commit " + replica.position().sequence());
                primary.log().ship(replica.position(), 1000).ifPresent(segment -> replica.apply(segment.toByteArray()));
                told.add("is at commit " + replica.position().sequence() + ": "
                        + replica.keep().store(READINGS).query().count() + " meters");
                told.add("oldest place to read: " + replica.keep().log().start().sequence());
            }
        }
        return told;
    }
    // end::bootstrap[]
}
