package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StoreLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A storage whose commits fail by a script, for testing what stands on top: each commit meets the next {@link Fault}, and none
 * when the script is at its end; installing has a script of its own. Everything else is the business of the storage behind it.
 *
 * <p>Safe for use by several threads; the script belongs to all openings together.
 */
public final class FaultyStorage implements StorageProvider {
    private final StorageProvider behind;
    private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger recoveries = new AtomicInteger();
    private final AtomicInteger failingRecoveries = new AtomicInteger();

    private final AtomicInteger failingErasures = new AtomicInteger();
    private volatile boolean forgetsDroppedContents;
    private final Queue<Install> installs = new ConcurrentLinkedQueue<>();
    private final AtomicLong commitsRead = new AtomicLong();
    private volatile Runnable afterReads = () -> {};
    private volatile UnaryOperator<BackupSource> copying = UnaryOperator.identity();
    private volatile LongConsumer beforeLogReads = after -> {};
    private volatile Optional<Path> attachments = Optional.empty();

    /** What becomes of the installing of a layout whose outcome is unknown. */
    public enum Install {
        /** It is there. */
        LANDED,
        /** It is not there. */
        LOST
    }

    private FaultyStorage(StorageProvider behind) {
        this.behind = behind;
    }

    /** A storage that passes everything on to {@code behind}, as long as the script is empty. */
    public static FaultyStorage over(StorageProvider behind) {
        return new FaultyStorage(behind);
    }

    /** Adds faults to the end of the script. */
    public FaultyStorage next(Fault... faults) {
        script.addAll(List.of(faults));
        return this;
    }

    /** Makes the next layouts that are installed fail as {@code UNKNOWN_OUTCOME}. */
    public FaultyStorage nextInstalls(Install... outcomes) {
        installs.addAll(List.of(outcomes));
        return this;
    }

    /** Runs {@code pause} after each read of a record, before the reader gets it, on the reader's thread. */
    public FaultyStorage afterReads(Runnable pause) {
        afterReads = pause;
        return this;
    }

    /** Tells {@code watcher}, before each read of the log, after which commit it begins or as of which it is, on the reader's thread. */
    public FaultyStorage beforeLogReads(LongConsumer watcher) {
        beforeLogReads = watcher;
        return this;
    }

    /** Makes the next {@code times} recoveries fail as {@code UNKNOWN_OUTCOME}. */
    public FaultyStorage failRecoveries(int times) {
        failingRecoveries.set(times);
        return this;
    }

    /** Makes the next {@code times} erasures fail as {@code PERMANENT}, before anything is erased. */
    public FaultyStorage failErasures(int times) {
        failingErasures.set(times);
        return this;
    }

    /** Has the storage say no more that contents were dropped. */
    public FaultyStorage forgetDroppedContents() {
        forgetsDroppedContents = true;
        return this;
    }

    /** Puts something before the copying for a backup; of a storage without files, nothing. */
    public FaultyStorage onCopy(UnaryOperator<BackupSource> change) {
        copying = change;
        return this;
    }

    /** How many faults of the script have not happened yet. */
    public int remaining() {
        return script.size();
    }

    /** How often a commit was tried. */
    public int commits() {
        return commits.get();
    }

    /** How often a recovery was tried. */
    public int recoveries() {
        return recoveries.get();
    }

    /** How many commits were read from the log, beside those of which only the header was. */
    public long commitsRead() {
        return commitsRead.get();
    }

    /** The folder of the storage's own files, of the last opening. */
    public Optional<Path> attachments() {
        return attachments;
    }

    @Override
    public Storage open(Access access) {
        Storage storage = behind.open(access);
        attachments = storage.attachments();
        return new Opening(storage);
    }

    @Override
    public Storage openAs(UUID incarnation) {
        return new Opening(behind.openAs(incarnation));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget() {
        return behind.restoreTarget();
    }

    private final class Opening extends ForwardingStorage {
        private final AtomicBoolean disconnected = new AtomicBoolean();

        private Opening(Storage storage) {
            super(storage);
        }

        @Override
        Storage delegate() {
            if (disconnected.get()) {
                throw Fault.failure(Kind.ROLLED_BACK);
            }
            return super.delegate();
        }

        @Override
        public void commit(CommitWork work) {
            commits.incrementAndGet();
            Storage storage = delegate();
            Fault fault = script.poll();
            if (fault == null) {
                storage.commit(work);
            } else {
                fault.run(storage, work, () -> disconnected.set(true));
            }
        }

        @Override
        public Optional<BackupSource> backupSource() {
            return super.backupSource()
                    .map(source -> folder -> copying.apply(source).copyTo(folder));
        }

        @Override
        public @Nullable Image read(StoreLayout layout, Object key) {
            Image image = super.read(layout, key);
            afterReads.run();
            return image;
        }

        @Override
        public long versionAt(StoreLayout layout, Object key, long sequence) {
            beforeLogReads.accept(sequence);
            return super.versionAt(layout, key, sequence);
        }

        @Override
        public List<LoggedCommit> commitsAfter(long sequence, int most) {
            beforeLogReads.accept(sequence);
            List<LoggedCommit> read = super.commitsAfter(sequence, most);
            commitsRead.addAndGet(read.size());
            return read;
        }

        @Override
        public void changes(StoreLayout layout, long after, long through, Consumer<? super LoggedChange> visitor) {
            beforeLogReads.accept(after);
            super.changes(layout, after, through, visitor);
            commitsRead.addAndGet(Math.min(through, head().sequence()) - after);
        }

        @Override
        public void install(StoreLayout layout) {
            Install failing = installs.poll();
            if (failing != Install.LOST) {
                super.install(layout);
            }
            if (failing != null) {
                disconnected.set(true);
                throw Fault.failure(Kind.UNKNOWN_OUTCOME);
            }
        }

        @Override
        public void erase(List<ErasedRecords> records) {
            if (!records.isEmpty() && failingErasures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw Fault.failure(Kind.PERMANENT);
            }
            super.erase(records);
        }

        @Override
        public long contentsDroppedThrough(StoreLayout layout) {
            return forgetsDroppedContents ? 0 : super.contentsDroppedThrough(layout);
        }

        @Override
        public Head recover() {
            recoveries.incrementAndGet();
            if (failingRecoveries.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw Fault.failure(Kind.UNKNOWN_OUTCOME);
            }
            disconnected.set(false);
            return super.recover();
        }

        @Override
        public void close() {
            disconnected.set(false);
            super.close();
        }
    }
}
