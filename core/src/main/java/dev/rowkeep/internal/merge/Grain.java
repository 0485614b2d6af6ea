package dev.rowkeep.internal.merge;

import java.util.ArrayList;
import java.util.List;

/** How finely a text is cut before it is compared. The tokens of a text, put together, are the text. */
enum Grain {
    /** Lines, each with its line feed. */
    LINES {
        @Override
        List<String> cut(String text) {
            List<String> lines = new ArrayList<>();
            int start = 0;
            while (start < text.length()) {
                int feed = text.indexOf('\n', start);
                int end = feed < 0 ? text.length() : feed + 1;
                lines.add(text.substring(start, end));
                start = end;
            }
            return lines;
        }
    },

    /**
     * Words of letters and digits; everything else one character at a time, and so are scripts that write no spaces between
     * words. A character keeps its combining marks.
     */
    WORDS {
        @Override
        List<String> cut(String text) {
            List<String> words = new ArrayList<>();
            int start = 0;
            while (start < text.length()) {
                int end = endOfWord(text, start);
                words.add(text.substring(start, end));
                start = end;
            }
            return words;
        }
    };

    private static final int FIRST_SPACELESS = 0x0E00;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    abstract List<String> cut(String text);

    private static int endOfWord(String text, int start) {
        int first = text.codePointAt(start);
        boolean inWord = isWord(first);
        int end = start + Character.charCount(first);
        while (end < text.length()) {
            int next = text.codePointAt(end);
            if (!isMark(next) && !(inWord && isWord(next)) && text.codePointBefore(end) != ZERO_WIDTH_JOINER) {
                break;
            }
            end += Character.charCount(next);
        }
        return end;
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) && !(codePoint >= FIRST_SPACELESS && isSpaceless(codePoint));
    }

    private static boolean isSpaceless(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> codePoint == ZERO_WIDTH_JOINER;
        };
    }
}
