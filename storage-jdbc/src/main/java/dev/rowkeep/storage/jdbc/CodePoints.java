package dev.rowkeep.storage.jdbc;

import org.jspecify.annotations.Nullable;

/** Texts in the order of their code points. */
final class CodePoints {
    private static final int BEFORE_SURROGATES = Character.MIN_SURROGATE - 1;
    private static final int AFTER_SURROGATES = Character.MAX_SURROGATE + 1;

    private CodePoints() {}

    /** The first text after all those that begin with {@code prefix}; null if there is none. */
    static @Nullable String afterAllWithPrefix(String prefix) {
        String rest = prefix;
        while (!rest.isEmpty()) {
            int last = rest.codePointBefore(rest.length());
            String start = rest.substring(0, rest.length() - Character.charCount(last));
            if (last != Character.MAX_CODE_POINT) {
                int next = last == BEFORE_SURROGATES ? AFTER_SURROGATES : last + 1;
                return start + Character.toString(next);
            }
            rest = start;
        }
        return null;
    }
}
