package dev.rowkeep.benchmarks.rocks;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Versioned;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Products, keys and history entries as bytes, in a compact form as one writes it by hand. */
public final class RocksCodec {
    private static final int MAX_BYTES = 512;
    private static final int PRICE_SCALE = 2;

    private RocksCodec() {}

    /** A record's key. */
    public static byte[] key(String sku) {
        return sku.getBytes(StandardCharsets.UTF_8);
    }

    /** A product with its version, without its key. */
    public static byte[] encode(Product product, long version) {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        bytes.putLong(version);
        put(bytes, product.name());
        put(bytes, product.category());
        bytes.putLong(product.price().unscaledValue().longValueExact());
        bytes.putLong(product.quantity());
        bytes.put((byte) (product.active() ? 1 : 0));
        bytes.putInt((int) product.introduced().toEpochDay());
        bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, product.counted()));
        bytes.putDouble(product.weight());
        return taken(bytes);
    }

    /** What {@link #encode} wrote of {@code sku}. */
    public static Versioned decode(String sku, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        long version = bytes.getLong();
        Product product = new Product(
                sku,
                text(bytes),
                text(bytes),
                BigDecimal.valueOf(bytes.getLong(), PRICE_SCALE),
                bytes.getLong(),
                bytes.get() == 1,
                LocalDate.ofEpochDay(bytes.getInt()),
                Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                bytes.getDouble());
        return new Versioned(product, version);
    }

    /** The key of a history entry: the record's key, then its version. */
    public static byte[] historyKey(String sku, long version) {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        bytes.put(key(sku)).put((byte) 0).putLong(version);
        return taken(bytes);
    }

    /** A history entry: which cell, before and after, who and when. */
    public static byte[] change(long before, long after, String author, long millis) {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        bytes.put((byte) 1).putLong(before).putLong(after).putLong(millis);
        put(bytes, author);
        return taken(bytes);
    }

    private static void put(ByteBuffer bytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.putShort((short) utf8.length).put(utf8);
    }

    private static String text(ByteBuffer bytes) {
        byte[] utf8 = new byte[bytes.getShort()];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] taken(ByteBuffer bytes) {
        byte[] taken = new byte[bytes.position()];
        bytes.flip().get(taken);
        return taken;
    }
}
