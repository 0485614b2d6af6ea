package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.Replica;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ReplicaScenarios;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas on SQLite. */
final class SqliteReplicaScenariosTest extends ReplicaScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }

    @Override
    protected StorageProvider replicaProvider(Path where) {
        return SqliteStorage.at(where.resolve("store.db")).exclusive();
    }

    @Test
    void aFileThatOtherProcessesMayWriteToIsNoReplica(@TempDir Path where) {
        SqliteStorage shared = SqliteStorage.at(where.resolve("replica.db"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replica.open(shared, keep.log().start()))
                .withMessageContaining("exclusive()");
        // Nothing has it open any more.
        Replica.open(shared.exclusive(), keep.log().start()).close();
    }
}
