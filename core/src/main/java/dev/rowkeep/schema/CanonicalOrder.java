package dev.rowkeep.schema;

/** The order of canonical values: the one that every storage must give. */
final class CanonicalOrder {
    private CanonicalOrder() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Kind kind, Object a, Object b) {
        return switch (kind) {
            case TEXT, ENUM -> compareText((String) a, (String) b);
            case UUID -> compareUuid((java.util.UUID) a, (java.util.UUID) b);
            case BYTES -> ((Bytes) a).compareUnsigned((Bytes) b);
            case INTEGER, DECIMAL, DOUBLE, BOOLEAN, DATE, TIMESTAMP -> ((Comparable) a).compareTo(b);
            case TEXT_SET, JSON ->
                throw new IllegalArgumentException(
                        "Values of kind " + kind + " have no order. Order or compare by another column.");
        };
    }

    /** By code point, which is the order of the UTF-8 bytes; {@link String#compareTo} orders by UTF-16 unit. */
    static int compareText(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean alike = Character.isSurrogate(x) == Character.isSurrogate(y);
                return alike ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** By the text form, whose hexadecimal digits order as unsigned numbers; {@link java.util.UUID#compareTo} is signed. */
    private static int compareUuid(java.util.UUID a, java.util.UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
