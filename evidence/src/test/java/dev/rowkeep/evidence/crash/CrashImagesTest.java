package dev.rowkeep.evidence.crash;

/** Crashes of the SQLite storage. */
final class CrashImagesTest extends CrashImagesScenarios {
    private static final Extent SHORT = new Extent(1, 2, 2, 1, 4);
    private static final Extent LONG = new Extent(6, 30, Integer.MAX_VALUE, 6, 1);

    CrashImagesTest() {
        super(Kept.SQLITE, IS_LONG ? LONG : SHORT);
    }
}
