package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.codec.Segment;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of a followed log. A segment brings those that its sender had when it was made, which fit all commits before that. Its unique
 * indexes hold for the records as they were then; of older ones, two may share a value. They are made when the replica has come so far.
 */
final class FollowedLayouts {
    private final Engine engine;

    FollowedLayouts(Engine engine) {
        this.engine = engine;
    }

    /** What the segment's commits need: all but the unique indexes that are new. */
    void before(Segment segment) {
        for (StoreLayout wanted : segment.layouts()) {
            @Nullable StoreLayout present = present(wanted.id());
            List<LayoutIndex> indexes = wanted.indexes().stream()
                    .filter(index -> index.uniqueness() == Uniqueness.SHARED
                            || (present != null && present.indexes().contains(index)))
                    .toList();
            install(present, new StoreLayout(wanted.id(), wanted.name(), wanted.key(), wanted.columns(), indexes));
        }
    }

    /** The rest, once all is taken that the sender had. */
    void after(Segment segment, long taken) {
        if (taken >= segment.head().sequence()) {
            segment.layouts().forEach(wanted -> install(present(wanted.id()), wanted));
        }
    }

    private @Nullable StoreLayout present(int storeId) {
        return engine.stores().installed(storeId).orElse(null);
    }

    private void install(@Nullable StoreLayout present, StoreLayout wanted) {
        if (isMissing(present, wanted)) {
            engine.stores().take(wanted);
        }
    }

    /** Whether {@code wanted} is to be installed where {@code present} is. */
    static boolean isMissing(@Nullable StoreLayout present, StoreLayout wanted) {
        return present == null || (!present.equals(wanted) && !isOlder(wanted, present));
    }

    /** Whether {@code present} has what {@code other} lacks: layouts only grow, so the segment was made before one that was taken already. */
    private static boolean isOlder(StoreLayout other, StoreLayout present) {
        return present.columns().stream().anyMatch(column -> !has(other, column))
                || !other.indexes().containsAll(present.indexes());
    }

    private static boolean has(StoreLayout layout, LayoutColumn column) {
        Optional<LayoutColumn> found = layout.columns().stream()
                .filter(other -> other.id() == column.id())
                .findFirst();
        return found.isPresent()
                && found.get().type().names().containsAll(column.type().names());
    }
}
