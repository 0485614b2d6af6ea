package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Canonical JSON text in the making. Owned by one reader or writer.
 *
 * <p>An object's members are appended as they come and put in order when it ends, so that no tree is held: memory is the text's
 * own, and a text that is in order already is never copied.
 */
final class JsonText {
    private static final String HEX = "0123456789abcdef";
    private static final int MAGNITUDE = 307;
    private static final int LONGEST_PLAIN = 20;

    private final StringBuilder text = new StringBuilder();

    /** An object's members so far, each from its key to its comma. */
    static final class Members {
        private final int begin;
        private final List<Member> members = new ArrayList<>();
        private boolean inOrder = true;

        private Members(int begin) {
            this.begin = begin;
        }
    }

    private record Member(String key, int start, int end) {}

    Members beginObject() {
        text.append('{');
        return new Members(text.length());
    }

    void key(String key) {
        string(key);
        text.append(':');
    }

    /** The position at which a member begins, to be given to {@link #endMember}. */
    int position() {
        return text.length();
    }

    void endMember(Members object, String key, int start) {
        text.append(',');
        List<Member> members = object.members;
        if (!members.isEmpty()
                && CanonicalOrder.compareText(members.get(members.size() - 1).key(), key) >= 0) {
            object.inOrder = false;
        }
        members.add(new Member(key, start, text.length()));
    }

    void endObject(Members object) {
        if (!object.inOrder) {
            putInOrder(object);
        }
        close('}');
    }

    void beginArray() {
        text.append('[');
    }

    void endElement() {
        text.append(',');
    }

    void endArray() {
        close(']');
    }

    /** {@code true}, {@code false}, {@code null}, or a number that is canonical already. */
    void literal(String literal) {
        text.append(literal);
        requireShort();
    }

    void number(BigDecimal number) {
        if (number.signum() == 0) {
            literal("0");
            return;
        }
        if (number.unscaledValue().bitLength() > Limits.JSON_NUMBER * 10 / 3) {
            throw new InvalidJsonException(
                    "a number has more than " + Limits.JSON_NUMBER + " digits", "Give it as a text.");
        }
        // Looked at before anything is computed: 1e999999999 has one digit here and a gigabyte of them written out.
        long exponent = (long) number.precision() - number.scale() - 1;
        if (Math.abs(exponent) > MAGNITUDE) {
            throw new InvalidJsonException(
                    "a number's magnitude is outside 1e-307 to 1e308, which readers of JSON can hold",
                    "Give it as a text.");
        }
        BigDecimal plain = number.stripTrailingZeros();
        literal(plain.scale() < 0 && exponent <= LONGEST_PLAIN ? plain.toPlainString() : plain.toString());
    }

    void string(String value) {
        if (!Unicode.isWellFormed(value)) {
            throw new InvalidJsonException(
                    "a text in it has a lone surrogate or U+0000", "Repair the text's encoding, or give bytes.");
        }
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        text.append('"');
        requireShort();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            default -> {
                if (c < ' ') {
                    text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                } else {
                    text.append(c);
                }
            }
        }
    }

    private void close(char bracket) {
        int last = text.length() - 1;
        if (text.charAt(last) == ',') {
            text.setCharAt(last, bracket);
        } else {
            text.append(bracket);
        }
        requireShort();
    }

    private void putInOrder(Members object) {
        List<Member> members = object.members;
        members.sort((a, b) -> CanonicalOrder.compareText(a.key(), b.key()));
        String body = text.substring(object.begin);
        text.setLength(object.begin);
        String previous = null;
        for (Member member : members) {
            if (member.key().equals(previous)) {
                throw new InvalidJsonException("an object has a key twice", "Give each key once.");
            }
            previous = member.key();
            text.append(body, member.start() - object.begin, member.end() - object.begin);
        }
    }

    private void requireShort() {
        if (text.length() > Limits.CELL) {
            throw tooLong();
        }
    }

    static InvalidJsonException tooLong() {
        return new InvalidJsonException(
                "it has more than " + Limits.CELL + " characters", "Split it, or keep it in a file.");
    }

    static InvalidJsonException tooDeep() {
        return new InvalidJsonException(
                "it has more than " + Limits.JSON_DEPTH + " levels of arrays and objects", "Flatten it.");
    }
}
