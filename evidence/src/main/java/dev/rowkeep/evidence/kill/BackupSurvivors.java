package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.Backups;
import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at what a killed process left of backups and restored stores: each is whole or not there, and what was said to be done is. */
final class BackupSurvivors {
    private final Engine engine;
    private final Path directory;
    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    BackupSurvivors(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
        this.folder = directory.resolve(BackupLoad.BACKUPS);
    }

    /** What is wrong, given what the process said. */
    List<String> check(List<String> said) throws IOException {
        try (RowKeep keep = RowKeep.open(engine.at(directory.resolve(BackupLoad.DATABASE)))) {
            keep.store(BackupLoad.RECORDS);
            keep.log().verify().problem().ifPresent(problem -> problems.add("the store: " + problem));
            if (Files.isDirectory(folder)) {
                checkBackups(keep, said);
            }
            checkRestored(keep, said);
        }
        return problems;
    }

    private void checkBackups(RowKeep keep, List<String> said) throws IOException {
        Backups backups = keep.backups(folder);
        List<Backup> listed = backups.list();
        List<String> names = listed.stream()
                .map(backup -> backup.path().getFileName().toString())
                .toList();
        for (String entry : entries(folder)) {
            if (entry.startsWith("rowkeep-") && !names.contains(entry)) {
                problems.add(entry + " has its name and is not whole");
            }
        }
        said.stream()
                .filter(line -> line.startsWith(BackupLoad.MADE))
                .reduce((first, second) -> second)
                .map(line -> line.substring(BackupLoad.MADE.length()))
                .filter(newest -> !names.contains(newest))
                .ifPresent(newest -> problems.add(newest + " was made and is lost"));
        for (Backup backup : listed) {
            RowKeep.verifyBackup(backup.path());
            keep.log().verify(backup.anchor()).problem().ifPresent(problem -> problems.add(backup + ": " + problem));
        }
        Backup next = backups.create();
        for (String entry : entries(folder)) {
            if (entry.endsWith(".tmp")) {
                problems.add(entry + " is left");
            }
        }
        RowKeep.verifyBackup(next.path());
    }

    private void checkRestored(RowKeep original, List<String> said) throws IOException {
        Path all = directory.resolve(BackupLoad.RESTORED);
        for (String number : Files.isDirectory(all) ? entries(all) : List.<String>of()) {
            StorageProvider restored = engine.at(all.resolve(number).resolve(BackupLoad.DATABASE));
            boolean isSaid = said.contains(BackupLoad.RESTORED_TO + number);
            if (isThere(restored)) {
                checkRestored(number, restored);
            } else if (isSaid) {
                problems.add("restored store " + number + " is lost");
            } else {
                List<Backup> backups = original.backups(folder).list();
                RowKeep.restore(backups.get(backups.size() - 1).path(), restored);
                checkRestored(number, restored);
            }
        }
    }

    private static boolean isThere(StorageProvider restored) {
        try {
            RowKeep.openReadOnly(restored, KeepOptions.defaults()).close();
            return true;
        } catch (RowKeepException e) {
            return false;
        }
    }

    private void checkRestored(String number, StorageProvider restored) {
        try (RowKeep keep = RowKeep.open(restored)) {
            keep.log().verify().problem().ifPresent(problem -> problems.add("restored " + number + ": " + problem));
            if (keep.log().head().sequence() == 0) {
                problems.add("restored " + number + ": it is empty");
            }
        }
    }

    private static List<String> entries(Path where) throws IOException {
        try (Stream<Path> entries = Files.list(where)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
