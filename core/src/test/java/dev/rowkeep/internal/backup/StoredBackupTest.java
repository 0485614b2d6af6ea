package dev.rowkeep.internal.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.BackupException;
import dev.rowkeep.backup.BackupException.Damage;
import dev.rowkeep.backup.BackupException.Kind;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.Anchor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups as they are on the disk: no byte of them can change without being noticed where. */
final class StoredBackupTest {
    private static final int BLOCK = FileSums.BLOCK_BYTES;
    private static final int[] FLIPS = {1, 0x20, 0x80};

    private final Anchor anchor = new Anchor(
            new Position(UUID.fromString("00000000-0000-4000-8000-000000000001"), 0, 1, 42),
            new ChainHash("0123456789abcdef".repeat(4)));

    @TempDir
    Path directory;

    private Backup backup;

    @BeforeEach
    void seal() throws IOException {
        BackupFolder folder = BackupFolder.at(directory);
        Path unfinished = folder.newUnfinished();
        Files.write(unfinished.resolve("small"), bytes(300));
        Files.createDirectory(unfinished.resolve("z"));
        Files.write(unfinished.resolve("z").resolve("large.db"), bytes(BLOCK + 100));
        Files.write(unfinished.resolve("empty"), new byte[0]);
        backup = Sealing.of(folder, unfinished)
                .seal("some \"kind\"", anchor, Instant.parse("2026-11-27T12:00:00.123456Z"), read -> {});
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void whatWasWrittenIsRead() {
        assertThat(StoredBackup.at(backup.path()).verified()).isEqualTo(backup);
        assertThat(backup.anchor()).isEqualTo(anchor);
        assertThat(backup.bytes()).isEqualTo(300 + BLOCK + 100);
        assertThat(backup.storage()).isEqualTo("some \"kind\"");
        assertThat(backup.path())
                .isEqualTo(BackupFolder.at(directory).path().resolve("rowkeep-2026-11-27T12-00-00.123Z-42"));
    }

    @Test
    void everyFlippedByteIsRefusedWithItsPlace() throws IOException {
        flip("small", 0, 300, 1);
        flip("backup.json", 0, (int) Files.size(backup.path().resolve("backup.json")), 1);
        flip("z/large.db", 0, BLOCK, 997);
        flip("z/large.db", BLOCK - 5, BLOCK + 100, 1);
        assertThat(StoredBackup.at(backup.path()).verified()).isEqualTo(backup);
    }

    private void flip(String name, int from, int to, int step) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(backup.path().resolve(name).toFile(), "rw")) {
            for (int at = from; at < to; at += step) {
                for (int flip : FLIPS) {
                    file.seek(at);
                    int before = file.read();
                    write(file, at, before ^ flip);
                    assertDamaged(name, at);
                    write(file, at, before);
                }
            }
        }
    }

    private static void write(RandomAccessFile file, int at, int value) throws IOException {
        file.seek(at);
        file.write(value);
    }

    private void assertDamaged(String name, int at) {
        BackupException damaged = null;
        try {
            StoredBackup.at(backup.path()).verified();
        } catch (BackupException e) {
            damaged = e;
        }
        assertThat(damaged).as("byte %s of %s flipped", at, name).isNotNull();
        Damage damage = damaged.damage().orElseThrow();
        assertThat(damage.file()).isEqualTo(name);
        assertThat((long) at).isBetween(damage.from(), damage.to() - 1);
        assertThat(damaged.getMessage()).contains(name + ", bytes " + damage.from() + " to " + damage.to());
    }

    /** Whoever makes a new sum for a changed list is found out by what the list says, as far as that cannot be. */
    @Test
    void aListWithASumOfItsOwnIsStillReadWithCare() throws IOException {
        Path list = backup.path().resolve("backup.json");
        String text = Files.readString(list);
        for (String[] change : new String[][] {
            {"\"format\" : 1", "\"format\" : 2"},
            {"\"small\"", "\"../small\""},
            {"\"small\"", "\"backup.json\""},
            {"\"small\"", "\"empty\""},
            {"\"bytes\" : 300", "\"bytes\" : -1"},
            {"\"bytes\" : 300", "\"bytes\" : 99999"},
            {"\"bytes\" : 300", "\"bytes\" : 1e99"},
            {anchor.hash().hex(), "no hash"},
            {":0:1:42", ":0:0:42"},
            {"2026-11", "2026-13"},
            {"\"files\" : [", "\"files\" : ["},
            {"{\n  \"format\"", "[\n  \"format\""},
        }) {
            String changed = text.replace(change[0], change[1]);
            Files.writeString(list, withNewSum(changed));
            if (changed.equals(text)) {
                assertThat(StoredBackup.at(backup.path()).backup()).isEqualTo(backup);
            } else {
                assertThatExceptionOfType(BackupException.class)
                        .as(change[1])
                        .isThrownBy(() -> StoredBackup.at(backup.path()))
                        .matches(e -> e.kind() == Kind.DAMAGED);
            }
        }
    }

    private static String withNewSum(String list) {
        String head = list.substring(0, list.length() - 64 - 4);
        return head
                + HexFormat.of().formatHex(FileSums.sha256().digest(head.getBytes(StandardCharsets.UTF_8)))
                + list.substring(list.length() - 4);
    }

    @Test
    void whatIsNoBackupIsSaidToBeNone() throws IOException {
        for (Path none : new Path[] {
            directory, directory.resolve("nowhere"), backup.path().resolve("small")
        }) {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> StoredBackup.at(none))
                    .withMessageContaining("backup.json")
                    .matches(e -> e.kind() == Kind.DAMAGED);
        }
        Path list = backup.path().resolve("backup.json");
        byte[] bytes = Files.readAllBytes(list);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(list, java.util.Arrays.copyOf(bytes, length));
            assertThatExceptionOfType(BackupException.class).isThrownBy(() -> StoredBackup.at(backup.path()));
        }
    }
}
