package dev.rowkeep.schema;

import java.util.List;

/**
 * What became of the cells of one record or edit: every violation at once, not only the first.
 *
 * @param cells of a parsed row, a verdict per cell; of a record that was judged as a whole, the rejections only. A cell that
 *     breaks several rules has a rejection for each, and each failed check over several columns has one too
 */
public record RecordVerdict(List<CellVerdict> cells) {
    /** Nothing to report. */
    static final RecordVerdict ACCEPTED = new RecordVerdict(List.of());

    /** Copies the cells. */
    public RecordVerdict {
        cells = List.copyOf(cells);
    }

    /** Whether nothing was rejected. */
    public boolean isAccepted() {
        for (CellVerdict cell : cells) {
            if (cell instanceof CellVerdict.Rejected) {
                return false;
            }
        }
        return true;
    }

    /** Everything that was rejected. */
    public List<CellVerdict.Rejected> violations() {
        return only(CellVerdict.Rejected.class);
    }

    /** Everything that was bent to fit. */
    public List<CellVerdict.Coerced> coercions() {
        return only(CellVerdict.Coerced.class);
    }

    private <V extends CellVerdict> List<V> only(Class<V> type) {
        if (cells.isEmpty()) {
            return List.of();
        }
        return cells.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
