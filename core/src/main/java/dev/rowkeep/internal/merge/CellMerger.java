package dev.rowkeep.internal.merge;

import dev.rowkeep.merge.CellMerge;
import dev.rowkeep.merge.MergeRule;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The three-way merge of one cell by its column's {@link MergeRule}. Pure but for a column's own merge, and thread-safe. */
public final class CellMerger {
    private static final CellOutcome THEIRS = new CellOutcome.Theirs();
    private static final CellOutcome MINE = new CellOutcome.Mine();
    private static final CellOutcome AGREED = new CellOutcome.Agreed();
    private static final CellOutcome UNDECIDED = new CellOutcome.Undecided();

    private CellMerger() {}

    /**
     * Merges one cell. All values are in canonical form, and so is a decided one, except that a
     * {@linkplain MergeRule#CUSTOM custom} merge may give one that no rule of the column was tested on; judge it.
     *
     * <p>Where both sides changed the cell:
     *
     * <ul>
     *   <li>{@code SUM} counts both differences even if the values are equal, a missing value as 0; a sum that the column cannot
     *       hold is undecided. Sums of doubles are rounded once, at the end.
     *   <li>Under every other rule, equal values agree.
     *   <li>{@code MAX} and {@code MIN} prefer any value to a missing one.
     *   <li>{@code UNION} treats a missing set as empty.
     *   <li>{@code TEXT} is undecided where a side cleared the cell or there was no text to start from; see
     *       {@link TextMerge} for the rest.
     * </ul>
     *
     * @param base the value both sides started from
     * @param mine the value that the edit wants
     * @param theirs the value that is there
     * @throws RuntimeException whatever the column's own merge throws
     */
    public static CellOutcome merge(
            Column<?> column, @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {
        if (Objects.equals(mine, base)) {
            return THEIRS;
        }
        if (Objects.equals(theirs, base)) {
            return MINE;
        }
        MergeRule rule = column.mergeRule();
        if (rule != MergeRule.SUM && Objects.equals(mine, theirs)) {
            return AGREED;
        }
        return switch (rule) {
            case REJECT -> UNDECIDED;
            case LAST_WRITER_WINS -> new CellOutcome.Decided(mine);
            case KEEP_FIRST -> new CellOutcome.Decided(theirs);
            case SUM -> decidedIfPresent(Sums.ofDifferences(column.type(), base, mine, theirs));
            case MAX -> new CellOutcome.Decided(largest(column.type(), mine, theirs));
            case MIN -> new CellOutcome.Decided(smallest(column.type(), mine, theirs));
            case UNION -> new CellOutcome.Decided(TextSets.merge(base, mine, theirs));
            case TEXT -> decidedIfPresent(text((String) base, (String) mine, (String) theirs));
            case CUSTOM -> custom(column, base, mine, theirs);
        };
    }

    private static CellOutcome decidedIfPresent(@Nullable Object value) {
        return value == null ? UNDECIDED : new CellOutcome.Decided(value);
    }

    private static @Nullable Object largest(ColumnType<?> type, @Nullable Object mine, @Nullable Object theirs) {
        return type.compare(mine, theirs) > 0 ? mine : theirs;
    }

    private static @Nullable Object smallest(ColumnType<?> type, @Nullable Object mine, @Nullable Object theirs) {
        if (mine == null || theirs == null) {
            return mine == null ? theirs : mine;
        }
        return type.compare(mine, theirs) < 0 ? mine : theirs;
    }

    private static @Nullable String text(@Nullable String base, @Nullable String mine, @Nullable String theirs) {
        return base == null || mine == null || theirs == null ? null : TextMerge.merge(base, mine, theirs);
    }

    private static <T> CellOutcome custom(
            Column<T> column, @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {
        ColumnType<T> type = column.type();
        CellMerge<T> merge = column.customMerge()
                .orElseThrow(() -> new IllegalStateException("Column " + column + " has no merge of its own"));
        Optional<T> merged =
                merge.merge(ofApplication(type, base), ofApplication(type, mine), ofApplication(type, theirs));
        return merged.<CellOutcome>map(value -> new CellOutcome.Decided(type.toCanonical(value)))
                .orElse(UNDECIDED);
    }

    private static <T> @Nullable T ofApplication(ColumnType<T> type, @Nullable Object canonical) {
        return canonical == null ? null : type.fromCanonical(canonical);
    }
}
