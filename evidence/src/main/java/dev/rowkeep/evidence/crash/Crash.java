package dev.rowkeep.evidence.crash;

import java.util.random.RandomGenerator;

/** How the machine stops. */
enum Crash {
    /** The process is killed; the system goes on. */
    KILL,
    /** Power is lost; only what was synced is there. */
    ONLY_SYNCED,
    /** Power is lost; each unsynced write is there or not. */
    SOME_WRITES,
    /** Power is lost; each 512 bytes of an unsynced write are there or not. */
    TORN_512,
    /** Power is lost; each 4096 bytes of an unsynced write are there or not. */
    TORN_4096;

    private static final int SMALL_SECTOR = 512;
    private static final int LARGE_SECTOR = 4096;

    /** What it takes away. */
    Loss loss(RandomGenerator random) {
        return switch (this) {
            case KILL -> Loss.NOTHING;
            case ONLY_SYNCED -> Loss.ALL_UNSYNCED;
            case SOME_WRITES -> Loss.some(random);
            case TORN_512 -> Loss.torn(random, SMALL_SECTOR);
            case TORN_4096 -> Loss.torn(random, LARGE_SECTOR);
        };
    }

    /** Whether it can leave {@code names}: a system that goes on forgets none. */
    boolean canLeave(Disk.Names names) {
        return this != KILL || names == Disk.Names.AT_ONCE;
    }
}
