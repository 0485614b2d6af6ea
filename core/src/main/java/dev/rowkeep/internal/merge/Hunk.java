package dev.rowkeep.internal.merge;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One place in which a side differs from the base. The hunks of a side are in order, and between any two of them lies a token
 * that the side kept.
 *
 * @param start the first token of the base that is replaced
 * @param end the token of the base after the last one that is replaced; {@code start} if tokens are only added
 * @param replacement what the side has there
 */
record Hunk(int start, int end, List<String> replacement) {
    /**
     * The most tokens that are compared one by one. Above it everything from the first difference to the last one is one hunk,
     * which is right, if not the shortest. Comparing takes time in proportion to its square where the sides share nothing.
     */
    static final int MOST_COMPARED = 4_000;

    /** The places in which {@code side} differs from {@code base}. */
    static List<Hunk> between(List<String> base, List<String> side) {
        int shorter = Math.min(base.size(), side.size());
        int prefix = 0;
        while (prefix < shorter && base.get(prefix).equals(side.get(prefix))) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix && fromEnd(base, suffix).equals(fromEnd(side, suffix))) {
            suffix++;
        }
        List<String> removed = base.subList(prefix, base.size() - suffix);
        List<String> added = side.subList(prefix, side.size() - suffix);
        if (removed.isEmpty() && added.isEmpty()) {
            return List.of();
        }
        return removed.isEmpty() || added.isEmpty() || removed.size() + added.size() > MOST_COMPARED
                ? List.of(new Hunk(prefix, prefix + removed.size(), added))
                : compare(prefix, removed, added);
    }

    /** Whether the side has more tokens there than the base. */
    boolean grows() {
        return replacement.size() > end - start;
    }

    /**
     * Whether this and the other side's hunk, one of which ends where the other one starts, want the same place: both put
     * something new between the same two tokens, or one adds to what the other takes away.
     */
    boolean clashesAtSeam(Hunk other) {
        return (grows() && other.grows()) || (adds() && other.takesAway()) || (takesAway() && other.adds());
    }

    private boolean adds() {
        return start == end;
    }

    private boolean takesAway() {
        return replacement.isEmpty();
    }

    private static String fromEnd(List<String> tokens, int index) {
        return tokens.get(tokens.size() - 1 - index);
    }

    /** Myers' difference algorithm, on numbers in the place of tokens so that comparing two takes the same time always. */
    private static List<Hunk> compare(int offset, List<String> removed, List<String> added) {
        Map<String, Integer> numbers = new HashMap<>();
        List<Change> changes = new MyersDiffWithLinearSpace<Integer>()
                .computeDiff(numbered(numbers, removed), numbered(numbers, added), null);
        List<Hunk> hunks = new ArrayList<>(changes.size());
        Change open = null;
        for (Change change : changes) {
            if (open != null && open.endOriginal == change.startOriginal) {
                open = open.withEndOriginal(change.endOriginal).withEndRevised(change.endRevised);
            } else {
                if (open != null) {
                    hunks.add(of(offset, open, added));
                }
                open = change;
            }
        }
        if (open != null) {
            hunks.add(of(offset, open, added));
        }
        return hunks;
    }

    private static Hunk of(int offset, Change change, List<String> added) {
        return new Hunk(
                offset + change.startOriginal,
                offset + change.endOriginal,
                added.subList(change.startRevised, change.endRevised));
    }

    private static List<Integer> numbered(Map<String, Integer> numbers, List<String> tokens) {
        List<Integer> list = new ArrayList<>(tokens.size());
        for (String token : tokens) {
            list.add(numbers.computeIfAbsent(token, it -> numbers.size()));
        }
        return list;
    }
}
