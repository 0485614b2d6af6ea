package dev.rowkeep.internal.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Several records' keys as bytes. */
public final class Keys {
    private Keys() {}

    /** The bytes of {@code keys}, which are in canonical form. */
    public static byte[] encode(Collection<Object> keys) {
        ByteSink sink = ByteSink.own();
        sink.varint(keys.size());
        keys.forEach(key -> Values.writeKey(sink, key));
        return sink.toByteArray();
    }

    /**
     * The keys.
     *
     * @throws dev.rowkeep.spi.StorageException {@code PERMANENT} if the bytes are not keys
     */
    public static List<Object> decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, "the keys of erased records");
        int count = source.count(1);
        List<Object> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(Objects.requireNonNull(Values.read(source)));
        }
        source.end();
        return keys;
    }
}
