package dev.rowkeep.internal.query;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that were found already. Cells that were not asked for are left out, so that nobody can come to rely on them. */
public final class ListScan implements ImageScan {
    private final Iterator<Image> results;
    private final BitSet columns;
    private boolean isClosed;

    /** A scan that gives {@code results} with the cells at {@code columns}. */
    public ListScan(List<Image> results, BitSet columns) {
        this.results = results.iterator();
        this.columns = (BitSet) columns.clone();
    }

    @Override
    public @Nullable Image next() {
        if (isClosed) {
            throw new IllegalStateException("The scan was closed. Read it before closing it.");
        }
        if (!results.hasNext()) {
            return null;
        }
        Image image = results.next();
        boolean isWhole = columns.nextClearBit(0) >= image.cells().length;
        return isWhole ? image : Images.only(image, columns);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
