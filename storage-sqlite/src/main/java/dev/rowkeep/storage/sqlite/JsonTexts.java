package dev.rowkeep.storage.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists of texts as JSON arrays, one text for each list: what SQLite's {@code json_each} reads. */
final class JsonTexts {
    private static final String HEX = "0123456789abcdef";

    private JsonTexts() {}

    static String write(Collection<String> texts) {
        StringBuilder json = new StringBuilder("[");
        for (String text : texts) {
            if (json.length() > 1) {
                json.append(',');
            }
            writeText(json, text);
        }
        return json.append(']').toString();
    }

    private static void writeText(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /**
     * Reads an array of texts, written here or by any other hand.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static List<String> read(String json) {
        return new Reader(json).array();
    }

    private static final class Reader {
        private final String json;
        private int at;

        Reader(String json) {
            this.json = json;
        }

        List<String> array() {
            List<String> texts = new ArrayList<>();
            require('[');
            if (peek() != ']') {
                texts.add(text());
                while (peek() == ',') {
                    at++;
                    texts.add(text());
                }
            }
            require(']');
            if (peek() != 0) {
                throw broken();
            }
            return texts;
        }

        private String text() {
            require('"');
            StringBuilder text = new StringBuilder();
            for (char c = next(); c != '"'; c = next()) {
                text.append(c == '\\' ? escaped() : c);
            }
            return text.toString();
        }

        private char escaped() {
            char c = next();
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> unicode();
                default -> throw broken();
            };
        }

        private char unicode() {
            int unit = 0;
            for (int i = 0; i < 4; i++) {
                int digit = Character.digit(next(), 16);
                if (digit < 0) {
                    throw broken();
                }
                unit = unit * 16 + digit;
            }
            return (char) unit;
        }

        /** The next character that is not white space; 0 at the end. */
        private char peek() {
            while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
                at++;
            }
            return at < json.length() ? json.charAt(at) : 0;
        }

        private char next() {
            if (at == json.length()) {
                throw broken();
            }
            return json.charAt(at++);
        }

        private void require(char wanted) {
            if (peek() != wanted) {
                throw broken();
            }
            at++;
        }

        private IllegalArgumentException broken() {
            return new IllegalArgumentException("Not a JSON array of texts, at character " + at);
        }
    }
}
