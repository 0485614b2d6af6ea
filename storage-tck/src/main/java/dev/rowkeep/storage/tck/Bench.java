package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.Capabilities.Durability;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The storage under test in a directory of its own. {@link #commit} may be called by several threads and takes one at a time, as
 * core does; everything else belongs to the test's thread.
 */
final class Bench implements AutoCloseable {
    private final StorageFixture fixture;
    private final Path directory;
    private StorageProvider provider;
    private Storage storage;
    private boolean open;

    /** Opens a new storage and installs {@code layouts}. */
    Bench(StorageFixture fixture, StoreLayout... layouts) {
        this.fixture = fixture;
        this.directory = newDirectory();
        this.provider = fixture.provider(directory);
        this.storage = provider.open(Access.READ_WRITE);
        this.open = true;
        for (StoreLayout layout : layouts) {
            storage.install(layout);
        }
    }

    Storage storage() {
        return storage;
    }

    /** The provider to open this bench's storage with a further time. */
    StorageProvider provider() {
        return storage.capabilities().durability() == Durability.DURABLE ? fixture.provider(directory) : provider;
    }

    /** Closes the storage and opens it again, as another process would. */
    Storage reopen() {
        return reopen(Access.READ_WRITE);
    }

    Storage reopen(Access access) {
        StorageProvider again = provider();
        closeStorage();
        provider = again;
        storage = again.open(access);
        open = true;
        return storage;
    }

    /** Closes the storage and leaves its directory as it is. */
    void closeStorage() {
        if (open) {
            open = false;
            storage.close();
        }
    }

    /** Commits what {@code draft} puts together. */
    CommitPlan commit(Consumer<PlanDraft> draft) {
        return commit(List.of(), draft);
    }

    /** As {@link #commit(Consumer)}, having told the storage which records the decision will look at. */
    synchronized CommitPlan commit(List<CommitWork.RecordRef> reads, Consumer<PlanDraft> draft) {
        return commit(storage, reads, draft);
    }

    static CommitPlan commit(Storage storage, List<CommitWork.RecordRef> reads, Consumer<PlanDraft> draft) {
        DraftWork work = new DraftWork(reads, draft);
        storage.commit(work);
        CommitPlan plan = work.plan;
        if (plan == null) {
            throw new AssertionError("commit() returned without having called decide()");
        }
        return plan;
    }

    private static final class DraftWork implements CommitWork {
        private final List<RecordRef> reads;
        private final Consumer<PlanDraft> draft;
        private @Nullable CommitPlan plan;

        private DraftWork(List<RecordRef> reads, Consumer<PlanDraft> draft) {
            this.reads = reads;
            this.draft = draft;
        }

        @Override
        public List<RecordRef> reads() {
            return reads;
        }

        @Override
        public CommitPlan decide(CommitView view) {
            PlanDraft fresh = new PlanDraft(view);
            draft.accept(fresh);
            CommitPlan decided = fresh.plan();
            plan = decided;
            return decided;
        }
    }

    @Override
    public void close() {
        try {
            closeStorage();
        } finally {
            remove(directory);
        }
    }

    static Path newDirectory() {
        try {
            return Files.createTempDirectory("rowkeep-tck");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
