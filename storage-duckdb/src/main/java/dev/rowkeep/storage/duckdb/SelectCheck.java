package dev.rowkeep.storage.duckdb;

import dev.rowkeep.query.SqlRefusedException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows of a text, by DuckDB's own parser, that it is one SELECT and nothing else. It is the first of three doors: behind it are a
 * transaction that only reads, and a configuration that is locked and lets nothing reach beyond the database.
 *
 * <p>The parser gives what it read as JSON. A name or text of the statement can not look like a key of that: its quotes are escaped there.
 */
final class SelectCheck {
    private static final int MOST_CHARACTERS = 100_000;

    private static final String PARSE = "SELECT parsed::VARCHAR, json_array_length(parsed, '$.statements'),"
            + " json_extract_string(parsed, '$.error_message') FROM (SELECT json_serialize_sql(?::VARCHAR) AS parsed)";

    /** A part of a statement that writes: a WITH can hold an INSERT, for example. */
    private static final Pattern WRITING = Pattern.compile("\"type\":\"(?!SELECT_)[A-Z_]*QUERY_NODE\"");

    /** Functions that run a text which no door has seen, or that do more than read. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "\"function_name\":\"(query|json_execute_serialized_sql|checkpoint|force_checkpoint|write_log|duckdb_secrets)\"",
            Pattern.CASE_INSENSITIVE);

    private static final int MOST_KEPT = 100;
    private static final int LONGEST_KEPT = 10_000;

    /** Texts that were let in, the one asked longest ago first. What the parser says of a text never changes. */
    private final Map<String, Boolean> letIn = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Checks that {@code sql} is one SELECT.
     *
     * @throws SqlRefusedException if it is not
     */
    void require(DuckdbSession session, String sql) throws SQLException {
        if (isKnown(sql)) {
            return;
        }
        parse(session, sql);
        keep(sql);
    }

    private synchronized boolean isKnown(String sql) {
        return letIn.get(sql) != null;
    }

    private synchronized void keep(String sql) {
        if (sql.length() <= LONGEST_KEPT) {
            letIn.put(sql, true);
            if (letIn.size() > MOST_KEPT) {
                letIn.remove(letIn.keySet().iterator().next());
            }
        }
    }

    private static void parse(DuckdbSession session, String sql) throws SQLException {
        if (sql.length() > MOST_CHARACTERS) {
            throw refused("it is longer than " + MOST_CHARACTERS + " characters. Give values as parameters.");
        }
        if (sql.indexOf('\0') >= 0) {
            throw refused("it holds U+0000.");
        }
        PreparedStatement parse = session.prepared(PARSE);
        parse.setString(1, sql);
        try (ResultSet row = parse.executeQuery()) {
            row.next();
            String parsed = row.getString(1);
            String error = row.getString(3);
            if (error != null) {
                throw refused("it is not a SELECT, or none that can be read: " + error
                        + ". Give one SELECT, or WITH … SELECT.");
            }
            if (row.getLong(2) != 1) {
                throw refused("it is " + row.getLong(2) + " statements. Give one SELECT at a time.");
            }
            if (WRITING.matcher(parsed).find()) {
                throw refused("a part of it writes.");
            }
            Matcher forbidden = FORBIDDEN.matcher(parsed);
            if (forbidden.find()) {
                throw refused("it calls " + forbidden.group(1) + ", which does more than read the tables.");
            }
        }
    }

    private static SqlRefusedException refused(String why) {
        return new SqlRefusedException(why, null);
    }
}
