package dev.rowkeep.evidence.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a crash takes away of what was not synced. */
interface Loss {
    /** The process was killed: the system still writes everything. */
    Loss NOTHING = new Loss() {
        @Override
        public List<int[]> left(DiskEvent.Written write) {
            return List.of(new int[] {0, write.bytes().length});
        }

        @Override
        public boolean isLeft(DiskEvent.Resized resize) {
            return true;
        }
    };

    /** All that was not synced is gone. */
    Loss ALL_UNSYNCED = new Loss() {
        @Override
        public List<int[]> left(DiskEvent.Written write) {
            return List.of();
        }

        @Override
        public boolean isLeft(DiskEvent.Resized resize) {
            return false;
        }
    };

    /** What is left of {@code write}: ranges as pairs of begin and end within its bytes. */
    List<int[]> left(DiskEvent.Written write);

    /** Whether {@code resize} is left. */
    boolean isLeft(DiskEvent.Resized resize);

    /** Each write and cut is there or not. */
    static Loss some(RandomGenerator random) {
        return new Loss() {
            @Override
            public List<int[]> left(DiskEvent.Written write) {
                return random.nextBoolean() ? NOTHING.left(write) : List.of();
            }

            @Override
            public boolean isLeft(DiskEvent.Resized resize) {
                return random.nextBoolean();
            }
        };
    }

    /** Each sector of a write is there or not, and each cut. */
    static Loss torn(RandomGenerator random, int sectorBytes) {
        return new Loss() {
            @Override
            public List<int[]> left(DiskEvent.Written write) {
                List<int[]> left = new ArrayList<>();
                for (int[] sector : sectors(write, sectorBytes)) {
                    if (random.nextBoolean()) {
                        left.add(sector);
                    }
                }
                return left;
            }

            @Override
            public boolean isLeft(DiskEvent.Resized resize) {
                return random.nextBoolean();
            }
        };
    }

    /** The parts of {@code write} that lie in one sector of the file each. */
    static List<int[]> sectors(DiskEvent.Written write, int sectorBytes) {
        List<int[]> sectors = new ArrayList<>();
        int at = 0;
        while (at < write.bytes().length) {
            long sectorEnd = ((write.offset() + at) / sectorBytes + 1) * sectorBytes - write.offset();
            int end = (int) Math.min(sectorEnd, write.bytes().length);
            sectors.add(new int[] {at, end});
            at = end;
        }
        return sectors;
    }
}
