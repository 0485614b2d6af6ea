package dev.rowkeep.evidence.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replayed disk loses what may be lost, and nothing else. */
final class DiskTest {
    private static final Path DIRECTORY = Path.of("/d");
    private static final Path FILE = DIRECTORY.resolve("f");
    private final Disk disk = new Disk();

    @BeforeEach
    void createFile() {
        disk.apply(new DiskEvent.Appeared(1, DIRECTORY, false));
        disk.apply(new DiskEvent.Appeared(2, FILE, true));
    }

    private void write(long offset, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        disk.apply(new DiskEvent.Written(2, offset, content));
    }

    private byte[] left(Disk.Loss loss) {
        return disk.image(Disk.Names.AT_ONCE, loss).get(FILE);
    }

    @Test
    void killedProcessLosesNothing() {
        write(0, 1, 2, 3);
        write(1, 9);
        assertThat(left(Disk.Losses.NOTHING)).containsExactly(1, 9, 3);
    }

    @Test
    void powerLossLeavesWhatWasSynced() {
        write(0, 1, 2, 3);
        disk.apply(new DiskEvent.Synced(2));
        write(1, 9);
        disk.apply(new DiskEvent.Resized(2, 1));
        assertThat(left(Disk.Losses.ALL_UNSYNCED)).containsExactly(1, 2, 3);
        assertThat(left(Disk.Losses.NOTHING)).containsExactly(1);
    }

    @Test
    void nameIsOnlyThereOnceItsDirectoryIsSynced() {
        disk.apply(new DiskEvent.Synced(2));
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Disk.Losses.NOTHING)).isEmpty();
        disk.apply(new DiskEvent.Synced(1));
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Disk.Losses.NOTHING)).containsOnlyKeys(FILE);
        disk.apply(new DiskEvent.Removed(2));
        assertThat(disk.image(Disk.Names.AT_ONCE, Disk.Losses.NOTHING)).isEmpty();
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Disk.Losses.NOTHING)).containsOnlyKeys(FILE);
    }

    @Test
    void someWritesSurviveInAnyCombination() {
        write(0, 1);
        write(1, 2);
        Map<String, Integer> seen = new java.util.HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            seen.merge(java.util.Arrays.toString(left(Disk.Losses.some(random))), 1, Integer::sum);
        }
        assertThat(seen).containsOnlyKeys("[]", "[1]", "[0, 2]", "[1, 2]");
    }

    @Test
    void tornWriteIsTornAtSectorsOfTheFile() {
        byte[] two = new byte[1024];
        java.util.Arrays.fill(two, (byte) 7);
        disk.apply(new DiskEvent.Written(2, 256, two));
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] content = java.util.Arrays.copyOf(left(Disk.Losses.torn(random, 512)), 1280);
            assertThat(content[256]).isEqualTo(content[511]);
            assertThat(content[512]).isEqualTo(content[1023]);
            assertThat(content[1024]).isEqualTo(content[1279]);
        }
    }

    @Test
    void processThatFollowsAKilledOneCanStillLoseWhatThatDidNotSync() {
        write(0, 1, 2);
        disk.apply(new DiskEvent.Synced(2));
        disk.apply(new DiskEvent.Synced(1));
        write(1, 9);
        Path moved = Path.of("/e/f");
        Disk next = disk.handedOn(Path.of("/e"));
        next.apply(new DiskEvent.Appeared(2, moved, false));
        next.apply(new DiskEvent.Written(2, 2, new byte[] {3}));
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Disk.Losses.NOTHING).get(moved))
                .containsExactly(1, 9, 3);
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Disk.Losses.ALL_UNSYNCED).get(moved))
                .containsExactly(1, 2);
        assertThat(left(Disk.Losses.NOTHING)).containsExactly(1, 9);
    }

    @Test
    void nothingIsLostAnyMoreOfWhatALossOfPowerLeft() {
        write(0, 1, 2);
        Path moved = Path.of("/e/f");
        Disk next = Disk.of(disk.image(Disk.Names.AT_ONCE, Disk.Losses.NOTHING), Path.of("/e"));
        next.apply(new DiskEvent.Appeared(2, moved, false));
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Disk.Losses.ALL_UNSYNCED).get(moved))
                .containsExactly(1, 2);
    }

    @Test
    void nameOfAFileThatWasNeverSyncedIsStillLostAfterAKill() {
        Disk next = disk.handedOn(Path.of("/e"));
        next.apply(new DiskEvent.Appeared(2, Path.of("/e/f"), false));
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Disk.Losses.NOTHING)).isEmpty();
        next.apply(new DiskEvent.Appeared(3, Path.of("/e"), false));
        next.apply(new DiskEvent.Synced(3));
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Disk.Losses.NOTHING)).containsOnlyKeys(Path.of("/e/f"));
    }
}
