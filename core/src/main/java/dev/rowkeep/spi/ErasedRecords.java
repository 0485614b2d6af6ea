package dev.rowkeep.spi;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records of one store whose personal values are to be erased from the history.
 *
 * @param layout the store
 * @param keys the records' keys, in canonical form
 * @param through the last commit whose changes are erased; what later ones say stays
 * @param sealing what makes of a change the same with its personal values unreadable; made by core, safe for use by several threads
 */
public record ErasedRecords(StoreLayout layout, Set<Object> keys, long through, UnaryOperator<LoggedChange> sealing) {
    /** Copies the keys. */
    public ErasedRecords {
        keys = Set.copyOf(keys);
    }

    /** {@code change} as it is to be kept after the erasing of {@code records}: itself if none of them is meant. */
    public static LoggedChange erased(List<ErasedRecords> records, LoggedChange change) {
        LoggedChange kept = change;
        for (ErasedRecords erased : records) {
            kept = erased.erased(kept);
        }
        return kept;
    }

    /**
     * {@code image}, in a form that its store had, as it is to be kept after the erasing of {@code records}: itself if it has
     * nothing to erase.
     */
    public static Image erased(List<ErasedRecords> records, StoreLayout form, Image image) {
        Image kept = image;
        for (ErasedRecords erased : records) {
            kept = erased.erased(form, kept);
        }
        return kept;
    }

    private LoggedChange erased(LoggedChange change) {
        boolean isMeant = change.storeId() == layout.id()
                && ChangeId.sequence(change.id()) <= through
                && keys.contains(change.key());
        return isMeant ? sealing.apply(change) : change;
    }

    private Image erased(StoreLayout form, Image image) {
        boolean isMeant = form.id() == layout.id()
                && image.isLive()
                && ChangeId.sequence(image.changeId()) <= through
                && keys.contains(image.key());
        if (!isMeant) {
            return image;
        }
        @Nullable Object[] cells = image.cells().clone();
        boolean isChanged = false;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] != null && form.columns().get(i).isPersonal()) {
                cells[i] = null;
                isChanged = true;
            }
        }
        if (!isChanged) {
            return image;
        }
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
}
