package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Replicas in memory that begin with a snapshot. Their primary is in memory too, with a folder for its snapshots' files. */
final class MemoryBootstrapScenariosTest extends BootstrapScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return new WithFolder(MemoryStorage.create(), where.resolve("attached"));
    }

    @Test
    void withoutADiskASnapshotHasNoFileToBeCopied() {
        try (RowKeep plain = RowKeep.open(MemoryStorage.create())) {
            plain.snapshots().create("s");
            Path target = directory.resolve("s.copy");
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> plain.snapshots().copy("s", target))
                    .withMessageContaining("not on a disk");
            assertThat(target).doesNotExist();
        }
    }

    private record WithFolder(MemoryStorage memory, Path folder) implements StorageProvider {
        @Override
        public Storage open(Access access) {
            return attached(memory.open(access));
        }

        @Override
        public Storage openAs(UUID incarnation) {
            return attached(memory.openAs(incarnation));
        }

        private Storage attached(Storage storage) {
            return new ForwardingStorage(storage) {
                @Override
                public Optional<Path> attachments() {
                    return Optional.of(folder);
                }
            };
        }
    }
}
