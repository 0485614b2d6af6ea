package dev.rowkeep.internal.engine;

import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.BackupException;
import dev.rowkeep.backup.BackupException.Kind;
import dev.rowkeep.backup.BackupProgress;
import dev.rowkeep.backup.BackupProgress.Stage;
import dev.rowkeep.backup.Backups;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.internal.backup.BackupFolder;
import dev.rowkeep.internal.backup.FolderLock;
import dev.rowkeep.internal.backup.Sealing;
import dev.rowkeep.internal.file.Durable;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.log.Verification;
import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The backups of an engine's storage in one folder. The storage writes the copy; all else is done here, on the caller's thread. */
final class KeepBackups implements Backups {
    private final Engine engine;
    private final BackupSource source;
    private final BackupFolder folder;
    private final Clock clock;
    private final Consumer<BackupProgress> listener;

    private KeepBackups(
            Engine engine, BackupSource source, BackupFolder folder, Clock clock, Consumer<BackupProgress> listener) {
        this.engine = engine;
        this.source = source;
        this.folder = folder;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * The backups in {@code folder}.
     *
     * @throws UnsupportedOperationException if the storage has no files
     * @throws IllegalArgumentException if it is not a folder that is there
     */
    static KeepBackups in(Engine engine, Path folder, Clock clock) {
        BackupSource source = engine.storage()
                .backupSource()
                .orElseThrow(
                        () -> new UnsupportedOperationException(
                                "The storage " + engine.storage().capabilities().name()
                                        + " has no files to back up. Use one that has, as SQLite's and DuckDB's, or keep what log().read gives."));
        return new KeepBackups(engine, source, BackupFolder.at(folder), clock, progress -> {});
    }

    @Override
    public Backups onProgress(Consumer<BackupProgress> other) {
        return new KeepBackups(engine, source, folder, clock, Objects.requireNonNull(other, "listener"));
    }

    @Override
    public Backup create() {
        engine.entry().check("make a backup");
        return alone("make", () -> {
            folder.removeLeftovers();
            Path unfinished = folder.newUnfinished();
            try {
                return made(unfinished);
            } finally {
                discard(unfinished); // Not there any more if it got its name.
            }
        });
    }

    private static void discard(Path unfinished) {
        try {
            Durable.deleteTree(unfinished);
        } catch (IOException e) {
            // The failure that led here is the one to report; the next that is made takes away what is left.
        }
    }

    private Backup made(Path unfinished) throws IOException {
        Head least = engine.storage().head();
        tell(new BackupProgress(Stage.COPYING, 0, 0));
        StorageProvider copy = source.copyTo(unfinished);
        Sealing sealing = Sealing.of(folder, unfinished);
        tell(new BackupProgress(Stage.VERIFYING, 0, 0));
        Anchor anchor = verified(copy, new Anchor(engine.position(least.sequence()), ChainHash.of(least.hash())));
        sealing.tidy();
        Told told = new Told(sealing.bytes());
        return sealing.seal(engine.storage().capabilities().name(), anchor, clock.instant(), told::add);
    }

    /** How many bytes are read. */
    private final class Told {
        private final long all;
        private long done;

        Told(long all) {
            this.all = all;
            add(0);
        }

        void add(long bytes) {
            done += bytes;
            tell(new BackupProgress(Stage.SEALING, done, all));
        }
    }

    /** The newest commit of a copy that is opened and checked as any store is, and goes on from {@code least}. */
    private Anchor verified(StorageProvider copy, Anchor least) {
        Engine opened = opened(copy);
        try {
            if (!opened.position(0).equals(engine.position(0))) {
                throw unverified("it is of another log than the storage: " + opened.position(0), null);
            }
            Verification verification = opened.log().verify(least);
            if (!verification.isClean()) {
                throw unverified(verification.problem().orElseThrow(), null);
            }
            return opened.log().anchor();
        } finally {
            opened.close();
        }
    }

    private static Engine opened(StorageProvider copy) {
        try {
            return Engine.open(
                    copy,
                    StorageProvider.Access.READ_ONLY,
                    KeepOptions.defaults().cachedRecords(0));
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.PERMANENT) {
                throw e;
            }
            throw unverified("it cannot be opened (" + e.getMessage() + ")", e);
        }
    }

    private static BackupException unverified(String problem, @Nullable Throwable cause) {
        return BackupException.of(
                Kind.UNVERIFIED,
                "No backup was made, because the copy does not verify: " + problem
                        + ". Run log().verify() to see whether the storage is damaged; keep the backups that there are.",
                cause);
    }

    private void tell(BackupProgress progress) {
        try (CallbackScope scope = CallbackScope.enter("a listener of backups")) {
            listener.accept(progress);
        }
    }

    @Override
    public List<Backup> list() {
        engine.entry().check("list backups");
        return reaching("list", this::backups);
    }

    private List<Backup> backups() throws IOException {
        return folder.backupsOf(engine.position(0).incarnation());
    }

    @Override
    public List<Backup> keep(int newest) {
        engine.entry().check("remove backups");
        if (newest < 1) {
            throw new IllegalArgumentException("Keep one backup or more, got " + newest + ".");
        }
        return alone("remove", () -> {
            folder.removeLeftovers();
            List<Backup> all = backups();
            List<Backup> old = new ArrayList<>(all.subList(0, Math.max(0, all.size() - newest)));
            for (Backup backup : old) {
                folder.remove(backup);
            }
            return old;
        });
    }

    @FunctionalInterface
    private interface Work<R> {
        R run() throws IOException;
    }

    private <R> R alone(String what, Work<R> work) {
        return reaching(what, () -> {
            try (FolderLock lock = FolderLock.take(folder)) {
                return work.run();
            }
        });
    }

    private <R> R reaching(String what, Work<R> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw BackupException.of(
                    Kind.FAILED,
                    "Cannot " + what + " backups in " + folder.path() + " ("
                            + e.getClass().getSimpleName()
                            + "). Check that there is space, and that the folder is there and may be written by this user.",
                    e);
        }
    }
}
