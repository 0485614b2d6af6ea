package dev.rowkeep.internal.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The three-way merge of texts that keeps both sides' edits, or says that it cannot.
 *
 * <p>Both sides are compared with the base line by line. A place that one side changed gets that side's lines; a place that both
 * changed to the same gets them once. A place that both changed differently is compared again word by word, where two different
 * changes of one word, or two insertions between the same two words, leave the merge undecided.
 *
 * <p>The result does not depend on which side is which. Work is bounded: the time grows with the length of the texts plus the
 * square of {@link Hunk#MOST_COMPARED}. Where more lines (or words of a contested place) than that lie between a side's first
 * and last change, everything between them counts as changed, so that very large rewrites merge only with edits before or after
 * them.
 */
final class TextMerge {
    private TextMerge() {}

    /** The text with both sides' edits; null if they want the same place. */
    static @Nullable String merge(String base, String mine, String theirs) {
        return merge(Grain.LINES, base, mine, theirs);
    }

    private static @Nullable String merge(Grain grain, String base, String mine, String theirs) {
        List<String> tokens = grain.cut(base);
        StringBuilder merged = new StringBuilder(Math.max(mine.length(), theirs.length()));
        int kept = 0;
        for (Place place : places(Hunk.between(tokens, grain.cut(mine)), Hunk.between(tokens, grain.cut(theirs)))) {
            String content = place.merge(grain, tokens);
            if (content == null) {
                return null;
            }
            append(merged, tokens.subList(kept, place.start));
            merged.append(content);
            kept = place.end;
        }
        append(merged, tokens.subList(kept, tokens.size()));
        return merged.toString();
    }

    /** Groups hunks that want the same place; what is left apart can land side by side. */
    private static List<Place> places(List<Hunk> mine, List<Hunk> theirs) {
        List<Sided> inOrder = Stream.concat(
                        mine.stream().map(hunk -> new Sided(Side.MINE, hunk)),
                        theirs.stream().map(hunk -> new Sided(Side.THEIRS, hunk)))
                .sorted(Comparator.<Sided>comparingInt(it -> it.hunk.start()).thenComparingInt(it -> it.hunk.end()))
                .toList();
        List<Place> places = new ArrayList<>();
        Place open = null;
        for (Sided next : inOrder) {
            if (open == null || !open.clashes(next)) {
                open = new Place(next.hunk.start());
                places.add(open);
            }
            open.add(next);
        }
        return places;
    }

    private static void append(StringBuilder text, List<String> tokens) {
        tokens.forEach(text::append);
    }

    private enum Side {
        MINE,
        THEIRS
    }

    private record Sided(Side side, Hunk hunk) {}

    /** A range of the base that one side changed, or that both did. Owned by one merge. */
    private static final class Place {
        private final int start;
        private int end;
        private final List<Hunk> mine = new ArrayList<>();
        private final List<Hunk> theirs = new ArrayList<>();

        Place(int start) {
            this.start = start;
            this.end = start;
        }

        void add(Sided next) {
            (next.side == Side.MINE ? mine : theirs).add(next.hunk);
            end = Math.max(end, next.hunk.end());
        }

        /** Whether {@code next}, which starts no earlier than all that is here, wants a part of this place. */
        boolean clashes(Sided next) {
            if (next.hunk.start() != end) {
                return next.hunk.start() < end;
            }
            List<Hunk> others = next.side == Side.MINE ? theirs : mine;
            if (others.isEmpty()) {
                return false;
            }
            Hunk last = others.get(others.size() - 1);
            return last.end() == end && last.clashesAtSeam(next.hunk);
        }

        @Nullable
        String merge(Grain grain, List<String> base) {
            if (mine.isEmpty() || theirs.isEmpty()) {
                return content(mine.isEmpty() ? theirs : mine, base);
            }
            String left = content(mine, base);
            String right = content(theirs, base);
            if (left.equals(right)) {
                return left;
            }
            return grain == Grain.LINES
                    ? TextMerge.merge(Grain.WORDS, String.join("", base.subList(start, end)), left, right)
                    : null;
        }

        /** What a side has in this place. */
        private String content(List<Hunk> hunks, List<String> base) {
            StringBuilder content = new StringBuilder();
            int kept = start;
            for (Hunk hunk : hunks) {
                append(content, base.subList(kept, hunk.start()));
                append(content, hunk.replacement());
                kept = hunk.end();
            }
            append(content, base.subList(kept, end));
            return content.toString();
        }
    }
}
