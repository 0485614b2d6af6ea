package dev.rowkeep.internal.query;

import dev.rowkeep.spi.Image;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Copies of images with other cells. */
public final class Images {
    private Images() {}

    /** {@code image} with {@code cells} instead of its own. */
    public static Image withCells(Image image, @Nullable Object[] cells) {
        return new Image(
                image.key(),
                image.version(),
                image.changeId(),
                image.liveness(),
                cells,
                image.author(),
                image.timeMicros(),
                image.userAuthor(),
                image.userTimeMicros());
    }

    /** {@code image} with only the cells at {@code ordinals}; null in the others. */
    static Image only(Image image, BitSet ordinals) {
        @Nullable Object[] cells = new Object[image.cells().length];
        for (int i = ordinals.nextSetBit(0); i >= 0 && i < cells.length; i = ordinals.nextSetBit(i + 1)) {
            cells[i] = image.cells()[i];
        }
        return withCells(image, cells);
    }
}
