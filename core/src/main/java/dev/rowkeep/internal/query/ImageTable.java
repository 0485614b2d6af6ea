package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import java.util.Collections;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Live images in memory that do not change. Safe for use by several threads. */
public final class ImageTable implements ImageSource {
    private final NavigableMap<Object, Image> images;

    /** A table of {@code images}, which are by key in the key's order and belong to the table from now on. */
    public ImageTable(NavigableMap<Object, Image> images) {
        this.images = Collections.unmodifiableNavigableMap(images);
    }

    /** The image of {@code key}; null if there is none. */
    public @Nullable Image image(Object key) {
        return images.get(key);
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        ImageQuery compiled = ImageQuery.of(layout, query);
        return new ListScan(compiled.sorted(compiled.matches(images)), query.columns());
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        ConditionEvaluation evaluation = ConditionEvaluation.of(layout, where);
        return images.values().stream().filter(evaluation::test).count();
    }
}
