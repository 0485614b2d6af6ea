package dev.rowkeep.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reads raw values as sets of texts. */
final class TextSetCells {
    private TextSetCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof Set<?> set) {
            return elements(column, raw, set);
        }
        if (column.coercion() != Coercion.OFF) {
            if (raw instanceof Collection<?> elements) {
                return elements(column, raw, elements);
            }
            if (raw instanceof String[] elements) {
                return elements(column, raw, Arrays.asList(elements));
            }
        }
        return Verdicts.wrongType(column, raw);
    }

    /** Whether {@code set} is no larger than a cell may be. */
    static boolean fits(Set<?> set) {
        if (set.size() > Limits.ELEMENTS) {
            return false;
        }
        long characters = 0;
        for (Object element : set) {
            characters += ((String) element).length();
        }
        return characters <= Limits.CELL;
    }

    private static CellVerdict elements(Column<?> column, Object raw, Collection<?> elements) {
        if (elements.size() > Limits.ELEMENTS) {
            return tooLarge(column, raw);
        }
        List<String> texts = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof String text)) {
                return Verdicts.rejected(
                        column, raw, "element", "holds " + Shape.of(element), "Give texts only, and no nulls.");
            }
            if (!Unicode.isWellFormed(text)) {
                return TextCells.malformed(column, raw);
            }
            texts.add(text);
        }
        TextSet set = TextSet.of(texts);
        if (!fits(set)) {
            return tooLarge(column, raw);
        }
        return set.size() == texts.size()
                ? Verdicts.accepted(column, set)
                : Verdicts.coerced(column, raw, set, Why.DUPLICATES);
    }

    static CellVerdict.Rejected tooLarge(Column<?> column, Object raw) {
        return Verdicts.tooLarge(column, raw, Limits.ELEMENTS + " elements and " + Limits.CELL + " characters in all");
    }
}
