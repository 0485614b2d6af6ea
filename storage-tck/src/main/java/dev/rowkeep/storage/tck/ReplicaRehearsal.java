package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.ReplicationException;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A primary, and replicas of the same kind of storage. */
abstract class ReplicaRehearsal extends EngineScenarios {
    ReplicaRehearsal() {}

    /** The storage that belongs in {@code where}, for one process alone. */
    protected StorageProvider replicaProvider(Path where) {
        return provider(where);
    }

    /** The storage of the replica called {@code name}, each time the same one if it outlives being closed. */
    StorageProvider storageOf(String name) {
        try {
            return replicaProvider(Files.createDirectories(directory.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Replica replica(StorageProvider where) {
        return Replica.open(where, keep.log().start());
    }

    /** Ships what {@code from} has and {@code replica} has not, {@code most} commits at a time. */
    static void ship(RowKeep from, Replica replica, int most) {
        for (var segment = from.log().ship(replica.position(), most);
                segment.isPresent();
                segment = from.log().ship(replica.position(), most)) {
            Position reached = replica.apply(segment.get().toByteArray());
            assertThat(reached).isEqualTo(segment.get().through()).isEqualTo(replica.position());
        }
    }

    static void ship(RowKeep from, Replica replica) {
        ship(from, replica, 1000);
    }

    /** That the two hold the same log and the same records, and that the copy's fold is its rows. */
    void assertSame(RowKeep primary, RowKeep copy) {
        assertThat(copy.log().anchor()).isEqualTo(primary.log().anchor());
        assertThat(copy.log().read(copy.log().start(), Integer.MAX_VALUE))
                .isEqualTo(primary.log().read(primary.log().start(), Integer.MAX_VALUE));
        assertThat(rows(copy.store(templates))).isEqualTo(rows(primary.store(templates)));
        assertThat(copy.log().verify(primary.log().anchor()).problem()).isEmpty();
    }

    static Map<String, String> rows(RecordReader<String, Row> reader) {
        Map<String, String> rows = new TreeMap<>();
        reader.query().list().forEach(record -> rows.put(record.key(), record.version() + " " + record.value()));
        return rows;
    }

    static ReplicationException assertRefused(ReplicationException.Reason reason, Replica replica, byte[] segment) {
        Position before = replica.position();
        ReplicationException refused = assertThatExceptionOfType(ReplicationException.class)
                .isThrownBy(() -> replica.apply(segment))
                .actual();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.position()).isEqualTo(before);
        assertThat(replica.position()).isEqualTo(before);
        return refused;
    }
}
