package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Storages in memory whose copies, a file that counts commits, are wrong in one way. */
final class BrokenCopies {
    private BrokenCopies() {}

    /** What becomes of a copy. */
    private enum Flaw {
        BEHIND,
        WRITTEN_WHEN_OPENED
    }

    /** Copies less than what was acknowledged. */
    static Storage copyingAllButTheLastCommit(Storage storage) {
        return new Copied(storage, Flaw.BEHIND);
    }

    /** Writes into the copy when it is opened. */
    static Storage writingIntoCopiesThatAreOpened(Storage storage) {
        return new Copied(storage, Flaw.WRITTEN_WHEN_OPENED);
    }

    private static final class Copied extends ForwardingStorage {
        private final Flaw flaw;
        private final List<StoreLayout> layouts = new ArrayList<>();
        private final List<CommitPlan> plans = new ArrayList<>();

        Copied(Storage storage, Flaw flaw) {
            super(storage);
            this.flaw = flaw;
        }

        @Override
        public void install(StoreLayout layout) {
            super.install(layout);
            layouts.add(layout);
        }

        @Override
        public void commit(CommitWork work) {
            super.commit(new BrokenCommits.AlteredWork(work, (view, plan) -> {
                plans.add(plan);
                return plan;
            }));
        }

        @Override
        public Optional<BackupSource> backupSource() {
            return Optional.of(folder -> copied(folder.resolve("commits")));
        }

        private StorageProvider copied(Path file) {
            List<CommitPlan> some = List.copyOf(flaw == Flaw.BEHIND ? plans.subList(0, plans.size() - 1) : plans);
            write(file, StandardOpenOption.CREATE_NEW);
            UUID incarnation = incarnation();
            return access -> {
                if (flaw == Flaw.WRITTEN_WHEN_OPENED) {
                    write(file, StandardOpenOption.APPEND);
                }
                Storage copy = MemoryStorage.create().open(StorageProvider.Access.READ_WRITE);
                layouts.forEach(copy::install);
                some.forEach(plan -> copy.commit(new BrokenProviders.Replay(plan)));
                return new ForwardingStorage(copy) {
                    @Override
                    public UUID incarnation() {
                        return incarnation;
                    }
                };
            };
        }

        private void write(Path file, StandardOpenOption how) {
            try {
                Files.writeString(file, plans.size() + "\n", how);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
