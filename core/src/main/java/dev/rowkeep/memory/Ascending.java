package dev.rowkeep.memory;

import java.util.List;
import java.util.function.ToLongFunction;

/** Binary search in lists whose numbers never fall. */
final class Ascending {
    private Ascending() {}

    /** The place of the last element whose number is at most {@code most}; -1 if there is none. */
    static <E> int last(List<E> elements, ToLongFunction<E> number, long most) {
        int low = 0;
        int high = elements.size(); // all below low are at most `most`, all from high on are above
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (number.applyAsLong(elements.get(middle)) <= most) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
