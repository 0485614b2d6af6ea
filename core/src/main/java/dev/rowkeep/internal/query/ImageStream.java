package dev.rowkeep.internal.query;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A scan read as a stream: image by image, by one thread at a time even if the stream is made parallel. The scan is closed once,
 * when the stream is closed or has been read to its end.
 */
final class ImageStream implements Spliterator<Image> {
    private final ImageScan scan;
    private boolean isClosed;

    private ImageStream(ImageScan scan) {
        this.scan = scan;
    }

    /** The images of {@code scan}, which belongs to the stream from now on. */
    static Stream<Image> of(ImageScan scan) {
        ImageStream images = new ImageStream(scan);
        return StreamSupport.stream(images, false).onClose(images::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Image> action) {
        Image next = isClosed ? null : scan.next();
        if (next == null) {
            close();
            return false;
        }
        action.accept(next);
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // null is how a Spliterator says that it cannot be split
    public Spliterator<Image> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | DISTINCT | NONNULL | IMMUTABLE;
    }

    private void close() {
        if (!isClosed) {
            isClosed = true;
            scan.close();
        }
    }
}
