package dev.rowkeep.evidence.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How one write is torn while all others are whole.
 *
 * @param part what is left of it
 * @param sectorBytes where it can be torn
 */
record Tear(Part part, int sectorBytes) {
    private static final int[] SECTORS = {512, 4096};

    /** What is left of a torn write. */
    enum Part {
        BEGIN,
        END,
        ANY
    }

    /** All there are. */
    static List<Tear> all() {
        List<Tear> all = new ArrayList<>();
        for (Part part : Part.values()) {
            for (int sectorBytes : SECTORS) {
                all.add(new Tear(part, sectorBytes));
            }
        }
        return all;
    }

    /** Tears {@code torn} somewhere, and takes nothing else away. */
    Loss of(DiskEvent.Written torn, RandomGenerator random) {
        return new Loss() {
            @Override
            public List<int[]> left(DiskEvent.Written write) {
                return write.equals(torn) ? Tear.this.left(torn, random) : NOTHING.left(write);
            }

            @Override
            public boolean isLeft(DiskEvent.Resized resize) {
                return true;
            }
        };
    }

    private List<int[]> left(DiskEvent.Written torn, RandomGenerator random) {
        List<int[]> sectors = Loss.sectors(torn, sectorBytes);
        int lost = 1 + random.nextInt(sectors.size());
        return switch (part) {
            case BEGIN -> sectors.subList(0, sectors.size() - lost);
            case END -> sectors.subList(lost, sectors.size());
            case ANY -> sectors.stream().filter(sector -> random.nextBoolean()).toList();
        };
    }
}
