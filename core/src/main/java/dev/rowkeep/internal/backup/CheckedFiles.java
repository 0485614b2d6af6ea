package dev.rowkeep.internal.backup;

import dev.rowkeep.internal.backup.FileSums.DamagedFile;
import dev.rowkeep.internal.file.Durable;
import dev.rowkeep.spi.BackupFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** The files of a backup, whose blocks are checked before they are written to where they are copied. */
final class CheckedFiles implements BackupFiles {
    private final Path folder;
    private final List<FileSums> files;

    CheckedFiles(Path folder, List<FileSums> files) {
        this.folder = folder;
        this.files = files;
    }

    @Override
    public List<String> names() {
        return files.stream().map(FileSums::name).toList();
    }

    @Override
    public void copyTo(String name, Path target) throws IOException {
        FileSums sums = files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The backup has no file " + name));
        try (RandomAccessFile copy = Durable.newFile(target)) {
            sums.check(folder, (bytes, length) -> copy.write(bytes, 0, length));
            copy.getFD().sync();
        } catch (DamagedFile e) {
            throw StoredBackup.damaged(folder, e);
        }
    }
}
