package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoreLayout;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as the log gives it: all that a row or a tombstone must hold.
 *
 * @param cells the cells; null if the record was deleted
 */
record FoldedRecord(
        long version,
        long changeId,
        @Nullable Object @Nullable [] cells,
        Author author,
        long timeMicros,
        @Nullable String userAuthor,
        long userTimeMicros) {

    /** What {@code change} makes of {@code before}. */
    static FoldedRecord after(
            @Nullable FoldedRecord before,
            LoggedHeader header,
            LoggedChange change,
            @Nullable Object @Nullable [] cells) {
        boolean byUser = header.author().origin() == Origin.USER;
        return new FoldedRecord(
                change.version(),
                change.id(),
                cells,
                header.author(),
                header.timeMicros(),
                byUser ? header.author().name() : before == null ? null : before.userAuthor(),
                byUser ? header.timeMicros() : before == null ? 0 : before.userTimeMicros());
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
        if (!Objects.equals(userAuthor, image.userAuthor()) || userTimeMicros != image.userTimeMicros()) {
            return Optional.of("has another last user, or time of that, than the log gives");
        }
        for (int i = 0; cells != null && i < cells.length; i++) {
            if (!Objects.equals(image.cells()[i], cells[i])) {
                return Optional.of(
                        "has another value in column " + layout.columns().get(i).name() + " than the log gives");
            }
        }
        return Optional.empty();
    }
}
