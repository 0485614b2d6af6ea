package dev.rowkeep.schema;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Which names stores and columns may have: plain enough to be used unquoted in SQL, whatever the storage. */
final class Names {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    /** The library's own stores, which their schemas name like any other. */
    private static final Set<String> OURS = Set.of(
            "rowkeep_leases",
            "rowkeep_undone",
            "rowkeep_epochs",
            "rowkeep_snapshots",
            "rowkeep_retention",
            "rowkeep_erasures");

    private static final int SHOWN = 63;

    private Names() {}

    static void requireColumn(String name) {
        require("column", name);
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("rowid") || lower.equals("oid")) {
            throw new IllegalArgumentException(
                    "The column name " + name + " is reserved by SQL storages. Give it another name.");
        }
    }

    static void requireStore(String name) {
        require("store", name);
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isOurs = OURS.contains(name);
        if (!isOurs && (lower.startsWith("sqlite_") || lower.startsWith("rowkeep_") || lower.startsWith("duckdb_"))) {
            throw new IllegalArgumentException("The store name " + name
                    + " is reserved: names do not begin with sqlite_, duckdb_ or rowkeep_. Give it another name.");
        }
    }

    /** {@code name}, whatever it holds, as it may stand in a message: short, on one line, without characters that hide. */
    static String shown(String name) {
        int length = Math.min(name.length(), SHOWN);
        StringBuilder shown = new StringBuilder(length + 1);
        int i = 0;
        while (i < length) {
            int c = name.codePointAt(i);
            shown.appendCodePoint(isVisible(c) ? c : '?');
            i += Character.charCount(c);
        }
        return i < name.length() ? shown.append('…').toString() : shown.toString();
    }

    /** Names or values of a schema, as many as a message should list. */
    static String listed(Collection<?> names) {
        StringJoiner list = new StringJoiner(", ");
        names.stream().limit(Limits.LISTED).forEach(name -> list.add(String.valueOf(name)));
        int more = names.size() - Limits.LISTED;
        return more > 0 ? list + " and " + more + " more" : list.toString();
    }

    private static void require(String what, String name) {
        if (!PLAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a " + what + " name: \"" + shown(name)
                    + "\". A name is a letter followed by up to 62 letters, digits or underscores, all ASCII.");
        }
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
