package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.product.Product;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A product that was inserted, and what is logged of it.
 *
 * @param product the product
 * @param sequence of its commit
 * @param change the id of its change
 * @param micros when it was inserted
 * @param delta its cells as bytes, about as many as RowKeep's
 */
record LoggedProduct(Product product, long sequence, long change, long micros, byte[] delta) {
    private static final int CHANGE_BITS = 20;
    private static final int MOST_BYTES = 1024;

    /** The insert number {@code place} of the commit {@code sequence}. */
    static LoggedProduct of(Product product, long sequence, int place) {
        return new LoggedProduct(
                product,
                sequence,
                sequence << CHANGE_BITS | place,
                ProductColumns.micros(Instant.now()),
                encoded(product));
    }

    private static byte[] encoded(Product product) {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        text(cell(bytes, 1), product.name());
        text(cell(bytes, 2), product.category());
        cell(bytes, 3).put((byte) 2).putInt(product.price().unscaledValue().intValue());
        cell(bytes, 4).put((byte) product.quantity());
        cell(bytes, 5).put((byte) (product.active() ? 1 : 0));
        cell(bytes, 6).putShort((short) product.introduced().toEpochDay());
        cell(bytes, 7).putLong(ProductColumns.micros(product.counted()));
        cell(bytes, 8).putDouble(product.weight());
        byte[] exact = new byte[bytes.position()];
        bytes.flip().get(exact);
        return exact;
    }

    /** Begins a cell: the column, that nothing was there before, the kind of what is there now. */
    private static ByteBuffer cell(ByteBuffer to, int column) {
        return to.put((byte) column).put((byte) 0).put((byte) column);
    }

    private static void text(ByteBuffer to, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        to.put((byte) utf8.length).put(utf8);
    }
}
