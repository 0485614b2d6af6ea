package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that reads as a number: its digits in standard notation (an optional sign, ASCII digits with an optional point, an
 * optional exponent) and what was done to get there.
 *
 * @param digits the number in standard notation
 * @param why the phrase for the verdict
 */
record NumberText(String digits, String why) {
    /** Groups of three between separators of one kind: comma, blank, no-break blank, apostrophe. */
    private static final Pattern GROUPED =
            Pattern.compile("[+-]?[0-9]{1,3}([, \u00a0\u202f'\u2019])[0-9]{3}(?:\\1[0-9]{3})*(?:\\.[0-9]+)?");

    private static final Pattern SEPARATOR = Pattern.compile("[, \u00a0\u202f'\u2019]");
    private static final int LONG_DIGITS = 18;

    /** Reads {@code raw} as far as {@code coercion} allows; null if it is no number. */
    static @Nullable NumberText read(String raw, Coercion coercion) {
        String text = coercion == Coercion.LENIENT ? Blanks.strip(raw) : raw;
        if (text.length() > Limits.SCALAR_TEXT) {
            return null;
        }
        if (isStandard(text)) {
            return new NumberText(text, Why.parsed(raw, text));
        }
        if (coercion == Coercion.LENIENT) {
            Matcher grouped = GROUPED.matcher(text);
            if (grouped.matches()) {
                return new NumberText(SEPARATOR.matcher(text).replaceAll(""), Why.THOUSANDS);
            }
        }
        return null;
    }

    /** Whether the number has neither point nor exponent and surely fits a {@code long}. */
    boolean isShortWhole() {
        return digits.length() <= LONG_DIGITS && digits.indexOf('.') < 0 && exponentAt(digits) < 0;
    }

    /** The number; null if its exponent does not even fit an {@code int}. */
    @Nullable
    BigDecimal toDecimal() {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether a digit other than 0 stands before the exponent. */
    boolean isNotZero() {
        int end = exponentAt(digits) < 0 ? digits.length() : exponentAt(digits);
        for (int i = 0; i < end; i++) {
            if (digits.charAt(i) >= '1' && digits.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean isStandard(String text) {
        int exponent = exponentAt(text);
        int end = exponent < 0 ? text.length() : exponent;
        int start = afterSign(text, 0, end);
        int point = text.indexOf('.');
        if (point < 0 || point >= end) {
            point = end;
        }
        int before = countDigits(text, start, point);
        int after = point < end ? countDigits(text, point + 1, end) : 0;
        boolean mantissa = before >= 0 && after >= 0 && before + after > 0;
        return mantissa
                && (exponent < 0 || countDigits(text, afterSign(text, exponent + 1, text.length()), text.length()) > 0);
    }

    /** How many digits stand from {@code from} to {@code to}; -1 if anything else does. */
    private static int countDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return to - from;
    }

    private static int afterSign(String text, int at, int end) {
        return at < end && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
    }

    private static int exponentAt(String text) {
        return Math.max(text.indexOf('e'), text.indexOf('E'));
    }
}
