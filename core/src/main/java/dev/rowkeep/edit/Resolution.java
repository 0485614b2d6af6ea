package dev.rowkeep.edit;

import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a {@link Conflict} in the making: one choice per conflicting cell. Immutable.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public final class Resolution<K, T> {
    private final Conflict<K, T> conflict;
    private final Map<String, Answer> answers;

    private enum Side {
        MINE,
        THEIRS,
        OTHER
    }

    private record Answer(Side side, @Nullable Object value) {}

    private Resolution(Conflict<K, T> conflict, Map<String, Answer> answers) {
        this.conflict = conflict;
        this.answers = answers;
    }

    static <K, T> Resolution<K, T> of(Conflict<K, T> conflict) {
        if (conflict.theirs().isEmpty() || conflict.reason() == Conflict.Reason.EXISTS) {
            throw new IllegalStateException("There are no cells to resolve in a conflict of kind " + conflict.reason()
                    + ". " + conflict.message());
        }
        return new Resolution<>(conflict, Map.of());
    }

    /** Takes my value for {@code column}. */
    public Resolution<K, T> keepMine(Column<?> column) {
        return answer(column, new Answer(Side.MINE, cell(column).mine()));
    }

    /** Takes their value for {@code column}. */
    public Resolution<K, T> keepTheirs(Column<?> column) {
        return answer(column, new Answer(Side.THEIRS, cell(column).theirs()));
    }

    /** Takes another value for {@code column}. */
    public <C> Resolution<K, T> set(Column<C> column, @Nullable C value) {
        cell(column);
        return answer(column, new Answer(Side.OTHER, value));
    }

    /**
     * The edit that carries the answer: my other cells, and each conflicting cell as answered, expecting the version that
     * conflicted.
     *
     * @throws IllegalStateException if a conflicting cell has no answer yet, naming it
     */
    public Edit<K, T> toEdit() {
        VersionedRecord<K, T> theirs = conflict.theirs().orElseThrow();
        Edit<K, T> edit = Edit.update(conflict.mine().schema(), theirs.key());
        for (CellConflict cell : conflict.cells()) {
            Answer answer = answers.get(cell.column());
            if (answer == null) {
                throw new IllegalStateException(
                        "Column " + cell.column() + " has no answer yet. Say keepMine, keepTheirs or set for it.");
            }
            if (answer.side != Side.THEIRS) {
                edit = edit.setRaw(cell.column(), answer.value);
            }
        }
        for (Map.Entry<String, CellOperation> operation :
                conflict.mine().operations().entrySet()) {
            if (!answers.containsKey(operation.getKey())) {
                edit = edit.apply(operation.getKey(), operation.getValue());
            }
        }
        return edit.expecting(theirs.version());
    }

    /** A line for the commit's reason: which column was answered how, without values. */
    public String summary() {
        return "conflict on version " + conflict.expectedVersion() + " against " + conflict.actualVersion()
                + " answered: "
                + answers.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue().side.name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    private Resolution<K, T> answer(Column<?> column, Answer answer) {
        Map<String, Answer> more = new LinkedHashMap<>(answers);
        more.put(column.name(), answer);
        return new Resolution<>(conflict, more);
    }

    private CellConflict cell(Column<?> column) {
        return conflict.cells().stream()
                .filter(cell -> cell.column().equals(column.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Column " + column.name()
                        + " is not in conflict. In conflict are "
                        + conflict.cells().stream().map(CellConflict::column).toList() + "."));
    }
}
