package dev.rowkeep.evidence.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replayed disk loses what may be lost, and nothing else. */
final class DiskTest {
    private static final Path DIRECTORY = Path.of("/d");
    private static final Path FILE = DIRECTORY.resolve("f");
    private static final Path NAME = Path.of("f");
    private final Disk disk = Disk.empty();

    @BeforeEach
    void createFile() {
        disk.apply(new DiskEvent.DirectoryAppeared(1, DIRECTORY, false));
        disk.apply(new DiskEvent.Appeared(2, FILE, true));
    }

    private void write(long offset, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        disk.apply(new DiskEvent.Written(2, offset, content));
    }

    private byte[] left(Loss loss) {
        return disk.image(Disk.Names.AT_ONCE, loss).files().get(NAME);
    }

    @Test
    void killedProcessLosesNothing() {
        write(0, 1, 2, 3);
        write(1, 9);
        assertThat(left(Loss.NOTHING)).containsExactly(1, 9, 3);
    }

    @Test
    void powerLossLeavesWhatWasSynced() {
        write(0, 1, 2, 3);
        disk.apply(new DiskEvent.Synced(2));
        write(1, 9);
        disk.apply(new DiskEvent.Resized(2, 1));
        assertThat(left(Loss.ALL_UNSYNCED)).containsExactly(1, 2, 3);
        assertThat(left(Loss.NOTHING)).containsExactly(1);
    }

    @Test
    void nameIsOnlyThereOnceItsDirectoryIsSynced() {
        disk.apply(new DiskEvent.Synced(2));
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files()).isEmpty();
        disk.apply(new DiskEvent.Synced(1));
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files()).containsOnlyKeys(NAME);
        disk.apply(new DiskEvent.Removed(2));
        assertThat(disk.image(Disk.Names.AT_ONCE, Loss.NOTHING).files()).isEmpty();
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files()).containsOnlyKeys(NAME);
    }

    @Test
    void someWritesSurviveInAnyCombination() {
        write(0, 1);
        write(1, 2);
        Map<String, Integer> seen = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            seen.merge(Arrays.toString(left(Loss.some(random))), 1, Integer::sum);
        }
        assertThat(seen).containsOnlyKeys("[]", "[1]", "[0, 2]", "[1, 2]");
    }

    @Test
    void tornWriteIsTornAtSectorsOfTheFile() {
        byte[] two = new byte[1024];
        Arrays.fill(two, (byte) 7);
        disk.apply(new DiskEvent.Written(2, 256, two));
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] content = Arrays.copyOf(left(Loss.torn(random, 512)), 1280);
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
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files().get(NAME))
                .containsExactly(1, 9, 3);
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Loss.ALL_UNSYNCED).files().get(NAME))
                .containsExactly(1, 2);
        assertThat(left(Loss.NOTHING)).containsExactly(1, 9);
    }

    @Test
    void nothingIsLostAnyMoreOfWhatALossOfPowerLeft() {
        write(0, 1, 2);
        Path moved = Path.of("/e/f");
        Disk next = Disk.of(disk.image(Disk.Names.AT_ONCE, Loss.NOTHING), Path.of("/e"));
        next.apply(new DiskEvent.Appeared(2, moved, false));
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Loss.ALL_UNSYNCED).files().get(NAME))
                .containsExactly(1, 2);
    }

    @Test
    void nameOfAFileThatWasNeverSyncedIsStillLostAfterAKill() {
        Disk next = disk.handedOn(Path.of("/e"));
        next.apply(new DiskEvent.Appeared(2, Path.of("/e/f"), false));
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files()).isEmpty();
        next.apply(new DiskEvent.DirectoryAppeared(3, Path.of("/e"), false));
        next.apply(new DiskEvent.Synced(3));
        assertThat(next.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files()).containsOnlyKeys(NAME);
    }

    @Test
    void whatIsInARenamedDirectoryMovesWithIt() {
        makeDirectory();
        disk.apply(new DiskEvent.Renamed(3, DIRECTORY.resolve("to")));
        disk.apply(new DiskEvent.Appeared(5, DIRECTORY.resolve("to/new"), true));
        Image image = disk.image(Disk.Names.AT_ONCE, Loss.NOTHING);
        assertThat(image.directories()).containsExactly(Path.of("to"));
        assertThat(image.files()).containsOnlyKeys(NAME, Path.of("to/new"), Path.of("to/old"));
    }

    @Test
    void renamedDirectoryHasItsOldNameUntilItsParentIsSynced() {
        makeDirectory();
        disk.apply(new DiskEvent.Synced(3));
        disk.apply(new DiskEvent.Synced(1));
        disk.apply(new DiskEvent.Renamed(3, DIRECTORY.resolve("to")));
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files())
                .containsOnlyKeys(NAME, Path.of("from/old"));
        disk.apply(new DiskEvent.Synced(1));
        assertThat(disk.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING).files()).containsOnlyKeys(NAME, Path.of("to/old"));
    }

    @Test
    void directoryThatIsSafeMayHaveLostItsFiles() {
        makeDirectory();
        disk.apply(new DiskEvent.Synced(1));
        Image image = disk.image(Disk.Names.WHEN_SYNCED, Loss.NOTHING);
        assertThat(image.directories()).containsExactly(Path.of("from"));
        assertThat(image.files()).containsOnlyKeys(NAME);
    }

    private void makeDirectory() {
        disk.apply(new DiskEvent.DirectoryAppeared(3, DIRECTORY.resolve("from"), true));
        disk.apply(new DiskEvent.Appeared(4, DIRECTORY.resolve("from/old"), true));
    }

    @Test
    void onlyTheTornWriteIsTorn() {
        DiskEvent.Written torn = new DiskEvent.Written(2, 0, new byte[1024]);
        Arrays.fill(torn.bytes(), (byte) 7);
        disk.apply(torn);
        write(1024, 1, 2);
        for (Tear tear : Tear.all()) {
            byte[] content = left(tear.of(torn, new Random(1)));
            assertThat(content).endsWith(1, 2);
            if (tear.part() == Tear.Part.BEGIN) {
                assertThat(content[1023]).isZero();
            } else if (tear.part() == Tear.Part.END) {
                assertThat(content[0]).isZero();
            }
        }
    }

    @Test
    void cutFileHoldsZerosWhereItGrowsAgain() {
        write(0, 1, 2, 3);
        disk.apply(new DiskEvent.Resized(2, 1));
        disk.apply(new DiskEvent.Resized(2, 3));
        assertThat(left(Loss.NOTHING)).containsExactly(1, 0, 0);
    }
}
