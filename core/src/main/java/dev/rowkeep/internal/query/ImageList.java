package dev.rowkeep.internal.query;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that have been read already. */
public final class ImageList implements ImageScan {
    private final Iterator<Image> images;

    /** The results {@code images}. */
    public ImageList(List<Image> images) {
        this.images = images.iterator();
    }

    @Override
    public @Nullable Image next() {
        return images.hasNext() ? images.next() : null;
    }

    @Override
    public void close() {}
}
