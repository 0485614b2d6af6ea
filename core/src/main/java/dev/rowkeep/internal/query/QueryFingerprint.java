package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tells one query from another: a short hash of store, condition and order, the same in every run. The order of the parts of
 * "all" and "any" and of the values of "in" does not count.
 */
final class QueryFingerprint {
    /** How many bytes. */
    static final int LENGTH = 8;

    private QueryFingerprint() {}

    /** The fingerprint of a query with a bound condition. */
    static byte[] of(String store, Condition where, List<Order> orders) {
        MessageDigest digest = sha256("query");
        add(digest, utf8(store));
        add(digest, hash(where));
        for (Order order : orders) {
            addColumn(digest, order.column());
            add(digest, utf8(order.direction().name()));
        }
        return Arrays.copyOf(digest.digest(), LENGTH);
    }

    private static byte[] hash(Condition condition) {
        if (condition instanceof Condition.Comparison c) {
            byte[] value = CellBytes.encode(c.column().type(), c.value());
            return leaf("comparison", c.column(), utf8(c.operator().name()), value);
        } else if (condition instanceof Condition.In in) {
            ColumnType<?> type = in.column().type();
            return leaf("in", in.column(), sorted(in.values().stream().map(value -> CellBytes.encode(type, value))));
        } else if (condition instanceof Condition.Missing missing) {
            return leaf("missing", missing.column());
        } else if (condition instanceof Condition.StartsWith startsWith) {
            return leaf("startsWith", startsWith.column(), utf8(startsWith.prefix()));
        } else if (condition instanceof Condition.Contains contains) {
            return leaf("contains", contains.column(), utf8(contains.part()));
        } else if (condition instanceof Condition.TouchedSince touched) {
            MessageDigest digest = sha256("touchedSince");
            add(digest, utf8(Long.toString(touched.micros())));
            return digest.digest();
        } else if (condition instanceof Condition.And and) {
            return node("and", and.parts());
        } else if (condition instanceof Condition.Or or) {
            return node("or", or.parts());
        } else if (condition instanceof Condition.Not not) {
            return node("not", List.of(not.part()));
        }
        return node("everything", List.of());
    }

    private static byte[] leaf(String tag, Column<?> column, byte[]... values) {
        MessageDigest digest = sha256(tag);
        addColumn(digest, column);
        for (byte[] value : values) {
            add(digest, value);
        }
        return digest.digest();
    }

    private static byte[] node(String tag, List<Condition> parts) {
        MessageDigest digest = sha256(tag);
        for (byte[] part : sorted(parts.stream().map(QueryFingerprint::hash))) {
            add(digest, part);
        }
        return digest.digest();
    }

    private static byte[][] sorted(Stream<byte[]> values) {
        return values.sorted(Arrays::compareUnsigned).toArray(byte[][]::new);
    }

    private static void addColumn(MessageDigest digest, Column<?> column) {
        add(digest, utf8(column.name()));
        add(digest, utf8(column.type().kind().name()));
        add(digest, utf8(Integer.toString(column.type().scale())));
    }

    /** Adds a part with its length before it, so that parts cannot run into each other. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256(String tag) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, utf8(tag));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
