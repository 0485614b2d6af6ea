package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoreLayout;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as the log gives it: what a row or a tombstone must hold. Of one that was there when the log begins, the log tells only what was changed
 * since.
 *
 * @param cells the cells, {@link #UNTOLD} where the log does not tell; null if the record was deleted
 * @param touch the last touch by a user
 */
record FoldedRecord(
        long version, long changeId, @Nullable Object @Nullable [] cells, Author author, long timeMicros, Touch touch) {
    /** In the place of a value that was there when the log begins. */
    static final Object UNTOLD = new Object();

    /** Who touched a record last as a user, as far as that is told. */
    sealed interface Touch {
        /**
         * The touch of somebody, or of nobody ever.
         *
         * @param author null if none did
         */
        record By(@Nullable String author, long timeMicros) implements Touch {}

        /** It was before the log begins, or never. */
        record Untold() implements Touch {}
    }

    /** The cells of a record of which nothing is told yet. */
    static @Nullable Object[] untold(int columns) {
        @Nullable Object[] cells = new Object[columns];
        Arrays.fill(cells, UNTOLD);
        return cells;
    }

    /** Whether a value can be what is known of it. */
    static boolean fits(@Nullable Object known, @Nullable Object value) {
        return known == UNTOLD || Objects.equals(known, value);
    }

    /** What {@code change} makes of {@code before}. */
    static FoldedRecord after(
            Touch before, LoggedHeader header, LoggedChange change, @Nullable Object @Nullable [] cells) {
        boolean byUser = header.author().origin() == Origin.USER;
        return new FoldedRecord(
                change.version(),
                change.id(),
                cells,
                header.author(),
                header.timeMicros(),
                byUser ? new Touch.By(header.author().name(), header.timeMicros()) : before);
    }

    /** What {@code image}, which is live if this is, has otherwise. */
    Optional<String> difference(StoreLayout layout, Image image) {
        if (version != image.version()) {
            return Optional.of("has version " + image.version() + ", the log's last is " + version);
        }
        if (changeId != image.changeId()) {
            return Optional.of("names another change as its last than the log does");
        }
        if (!author.equals(image.author()) || timeMicros != image.timeMicros()) {
            return Optional.of("has another author or time than the commit that made it");
        }
        if (touch instanceof Touch.By && !touch.equals(new Touch.By(image.userAuthor(), image.userTimeMicros()))) {
            return Optional.of("has another last user, or time of that, than the log gives");
        }
        for (int i = 0; cells != null && i < cells.length; i++) {
            if (!fits(cells[i], image.cells()[i])) {
                return Optional.of(
                        "has another value in column " + layout.columns().get(i).name() + " than the log gives");
            }
        }
        return Optional.empty();
    }
}
