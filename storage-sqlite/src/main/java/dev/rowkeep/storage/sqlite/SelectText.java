package dev.rowkeep.storage.sqlite;

import dev.rowkeep.query.SqlRefusedException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text as SQLite's tokenizer does, as far as it takes to know that it is one SELECT and nothing else.
 *
 * <p>It is the first of three doors: the connection behind it is opened for reading only, and what SQLite could attach, load or
 * configure is switched off there. Where this one is not sure, it refuses. Letters are compared in ASCII only, as SQLite does: a long s is
 * no S. Used once, by one thread.
 */
final class SelectText {
    private static final int MOST_CHARACTERS = 100_000;

    /** Verbs that end the list of a WITH; all but the first write. */
    private static final Set<String> VERBS = Set.of("select", "values", "insert", "replace", "update", "delete");

    /** What reaches beyond the tables, or into SQLite itself, wherever it is compiled in. */
    private static final Set<String> FORBIDDEN = Set.of(
            "load_extension",
            "fts3_tokenizer",
            "readfile",
            "writefile",
            "fsdir",
            "zipfile",
            "sqlite_dbpage",
            "sqlite_dbdata");

    private final String sql;
    private int at;
    private int depth;
    private @Nullable String first;
    private @Nullable String verb;
    private boolean hasEnded;

    private SelectText(String sql) {
        this.sql = sql;
    }

    /**
     * Checks that {@code sql} is one SELECT.
     *
     * @throws SqlRefusedException if it is not, or may not be
     */
    static void require(String sql) {
        if (sql.length() > MOST_CHARACTERS) {
            throw refused("it is longer than " + MOST_CHARACTERS + " characters. Give values as parameters.");
        }
        if (sql.indexOf('\0') >= 0) {
            throw refused("it holds U+0000, at which SQLite would stop reading.");
        }
        new SelectText(sql).read();
    }

    private void read() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                at = after("*/", at + 2, "a comment");
            } else {
                requireNotEnded();
                token(c);
            }
        }
        if (depth != 0) {
            throw refused("its parentheses do not match.");
        }
        if (!"select".equals(verb)) {
            throw refused("it is not a SELECT. Give one SELECT, or WITH … SELECT.");
        }
    }

    private void requireNotEnded() {
        if (hasEnded) {
            throw refused("it is more than one statement. Give them one by one.");
        }
    }

    private void token(char c) {
        switch (c) {
            case '\'' -> quoted('\'');
            case '"', '`' -> name(quoted(c));
            case '[' -> {
                int end = after("]", at + 1, "a name");
                name(sql.substring(at + 1, end - 1));
                at = end;
            }
            case '(' -> {
                requireBegun();
                depth++;
                at++;
            }
            case ')' -> {
                depth--;
                at++;
                if (depth < 0) {
                    throw refused("its parentheses do not match.");
                }
            }
            case ';' -> {
                hasEnded = true;
                at++;
            }
            case '?', ':', '@', '$', '#' -> {
                requireBegun();
                at++;
                word();
            }
            default -> {
                if (isWordPart(c)) {
                    boolean isNumber = c >= '0' && c <= '9';
                    String word = word();
                    if (!isNumber) {
                        keyword(word);
                    }
                } else {
                    requireBegun();
                    at++;
                }
            }
        }
    }

    /** The content of a quoted text or name, whose quotes are doubled inside it. */
    private String quoted(char quote) {
        requireBegun();
        int from = at + 1;
        int end = from;
        while (true) {
            end = after(String.valueOf(quote), end, "a quoted text or name");
            if (end >= sql.length() || sql.charAt(end) != quote) {
                break;
            }
            end++;
        }
        at = end;
        return sql.substring(from, end - 1);
    }

    private String word() {
        int from = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        return lower(sql.substring(from, at));
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c > 127;
    }

    private void keyword(String word) {
        if (first == null) {
            first = word;
            if (!word.equals("select") && !word.equals("with")) {
                throw refused("it does not begin with SELECT or WITH.");
            }
        }
        if (verb == null && depth == 0 && VERBS.contains(word)) {
            verb = word;
        }
        name(word);
    }

    private void name(String name) {
        requireBegun();
        String plain = lower(name);
        if (FORBIDDEN.contains(plain) || plain.startsWith("pragma_")) {
            throw refused("it names " + plain + ", which reaches beyond the tables.");
        }
    }

    private void requireBegun() {
        if (first == null) {
            throw refused("it does not begin with SELECT or WITH.");
        }
    }

    /** The place after the next {@code end} from {@code from} on. */
    private int after(String end, int from, String what) {
        int found = sql.indexOf(end, from);
        if (found < 0) {
            throw refused(what + " in it does not end.");
        }
        return found + end.length();
    }

    /** In ASCII only. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }

    private static SqlRefusedException refused(String why) {
        return new SqlRefusedException(why, null);
    }
}
