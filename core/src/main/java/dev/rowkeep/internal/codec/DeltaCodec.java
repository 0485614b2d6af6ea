package dev.rowkeep.internal.codec;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change log's deltas and images as bytes, in the form that {@code docs/log-encoding.md} describes.
 *
 * <p>Without {@link PersonalCells}, which are salted, equal input under one layout gives equal bytes. Cells are known by column id, so what was
 * written under one layout is read under every later one. Decoding never trusts its input: whatever is not a complete and
 * well-formed encoding fails with a {@link StorageException} of kind {@code PERMANENT} that names the offset. Safe for use by
 * several threads.
 */
public final class DeltaCodec {
    /** The upper four bits say what it is, the lower four are the version of the form. */
    static final int DELTA_FORMAT = 0x11;

    static final int IMAGE_FORMAT = 0x21;

    /** A column id and the two tags. */
    private static final int LEAST_DELTA_CELL = 3;

    /** A column id and the tag. */
    private static final int LEAST_IMAGE_CELL = 2;

    private DeltaCodec() {}

    /**
     * The cells in {@code changed}, before and after.
     *
     * @param before the record's cells before in layout order; null if all are missing
     * @param after its cells after in layout order; null if all are missing
     * @param changed the places of the cells that belong to the delta
     * @throws IllegalArgumentException if a value is not in canonical form
     */
    public static byte[] encode(
            StoreLayout layout,
            @Nullable Object @Nullable [] before,
            @Nullable Object @Nullable [] after,
            BitSet changed) {
        List<LayoutColumn> columns = layout.columns();
        boolean hasPersonal = false;
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            hasPersonal |= columns.get(i).isPersonal();
        }
        ByteSink sink = ByteSink.ofThread();
        sink.octet(hasPersonal ? PersonalCells.DELTA_FORMAT : DELTA_FORMAT);
        sink.varint(changed.cardinality());
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            LayoutColumn column = columns.get(i);
            sink.varint(column.id());
            if (hasPersonal) {
                PersonalCells.begin(sink, column.isPersonal());
            }
            Values.write(sink, column.type().kind(), before == null ? null : before[i]);
            Values.write(sink, column.type().kind(), after == null ? null : after[i]);
        }
        return sink.toByteArray();
    }

    /**
     * The cells of a delta, in the order in which they were written; those of columns that are not in the layout are left out.
     *
     * @throws StorageException if the bytes are not a delta of this store
     */
    public static List<CellDelta> decode(StoreLayout layout, byte[] delta) {
        ByteSource source = new ByteSource(delta, "a delta of store ", layout.name());
        int format = begin(source, DELTA_FORMAT, PersonalCells.DELTA_FORMAT);
        int count = source.count(LEAST_DELTA_CELL);
        List<CellDelta> cells = new ArrayList<>(count);
        Places places = new Places(layout, count);
        for (int i = 0; i < count; i++) {
            int ordinal = places.next(source);
            boolean isThere = format == DELTA_FORMAT || PersonalCells.begins(source);
            if (!isThere) {
                if (ordinal >= 0) {
                    cells.add(CellDelta.erased(ordinal));
                }
            } else if (ordinal >= 0) {
                LayoutColumn column = layout.columns().get(ordinal);
                cells.add(
                        new CellDelta(ordinal, Values.read(source, column.type()), Values.read(source, column.type())));
            } else {
                Values.read(source);
                Values.read(source);
            }
        }
        source.end();
        return cells;
    }

    /**
     * Puts what the cells of a delta were before into those places of {@code cells} that still hold {@code untold}, null where the value was
     * erased. What nobody asks for is passed over; so a value there need not be well-formed.
     *
     * @return how many places were told
     * @throws StorageException if the bytes are not a delta of this store
     */
    public static int tellBefore(StoreLayout layout, byte[] delta, @Nullable Object[] cells, Object untold) {
        ByteSource source = new ByteSource(delta, "a delta of store ", layout.name());
        int format = begin(source, DELTA_FORMAT, PersonalCells.DELTA_FORMAT);
        int count = source.count(LEAST_DELTA_CELL);
        Places places = new Places(layout, count);
        int told = 0;
        for (int i = 0; i < count; i++) {
            int ordinal = places.next(source);
            boolean isThere = format == DELTA_FORMAT || PersonalCells.begins(source);
            boolean isAsked = ordinal >= 0 && cells[ordinal] == untold;
            if (isAsked) {
                told++;
                cells[ordinal] = isThere
                        ? Values.read(source, layout.columns().get(ordinal).type())
                        : null;
            } else if (isThere) {
                Values.skip(source);
            }
            if (isThere) {
                Values.skip(source);
            }
        }
        source.end();
        return told;
    }

    /**
     * All cells of a record.
     *
     * @param cells the cells in layout order
     * @throws IllegalArgumentException if a value is not in canonical form
     */
    public static byte[] encodeImage(StoreLayout layout, @Nullable Object[] cells) {
        List<LayoutColumn> columns = layout.columns();
        int count = 0;
        boolean hasPersonal = false;
        for (int i = 0; i < cells.length; i++) {
            count += cells[i] == null ? 0 : 1;
            hasPersonal |= cells[i] != null && columns.get(i).isPersonal();
        }
        ByteSink sink = ByteSink.ofThread();
        sink.octet(hasPersonal ? PersonalCells.IMAGE_FORMAT : IMAGE_FORMAT);
        sink.varint(count);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] != null) {
                sink.varint(columns.get(i).id());
                if (hasPersonal) {
                    PersonalCells.begin(sink, columns.get(i).isPersonal());
                }
                Values.write(sink, columns.get(i).type().kind(), cells[i]);
            }
        }
        return sink.toByteArray();
    }

    /**
     * The cells of an image in layout order; null where the image has none, or they were erased.
     *
     * @throws StorageException if the bytes are not an image of this store
     */
    public static @Nullable Object[] decodeImage(StoreLayout layout, byte[] image) {
        return decodeImage(layout, image, new BitSet());
    }

    /** As {@link #decodeImage(StoreLayout, byte[])}; sets in {@code erased} the places of cells whose values were erased. */
    public static @Nullable Object[] decodeImage(StoreLayout layout, byte[] image, BitSet erased) {
        ByteSource source = new ByteSource(image, "an image of store ", layout.name());
        int format = begin(source, IMAGE_FORMAT, PersonalCells.IMAGE_FORMAT);
        int count = source.count(LEAST_IMAGE_CELL);
        @Nullable Object[] cells = new @Nullable Object[layout.columns().size()];
        Places places = new Places(layout, count);
        for (int i = 0; i < count; i++) {
            int ordinal = places.next(source);
            boolean isThere = format == IMAGE_FORMAT || PersonalCells.begins(source);
            if (isThere && ordinal >= 0) {
                cells[ordinal] =
                        Values.read(source, layout.columns().get(ordinal).type());
            } else if (isThere) {
                Values.read(source);
            } else if (ordinal >= 0) {
                erased.set(ordinal);
            }
        }
        source.end();
        return cells;
    }

    private static int begin(ByteSource source, int format, int personal) {
        int found = source.octet();
        if (found == DroppedContents.FORMAT) {
            throw source.malformed("its contents were dropped");
        }
        if (found != format && found != personal) {
            throw source.malformed("its format is " + found + ", not " + format + " or " + personal + ",");
        }
        return found;
    }

    /** Finds cells' places by column id. Cells mostly come in layout order, so the search goes on where the last one ended. */
    private static final class Places {
        private final List<LayoutColumn> columns;
        private final @Nullable BitSet seen;
        private int expected;

        /** Those of {@code count} cells, of which one alone cannot come twice. */
        Places(StoreLayout layout, int count) {
            columns = layout.columns();
            seen = count > 1 ? new BitSet() : null;
        }

        /** The place of the next cell; -1 if the layout does not have its column. */
        int next(ByteSource source) {
            int id = source.columnId();
            for (int i = 0; i < columns.size(); i++) {
                int ordinal = (expected + i) % columns.size();
                if (columns.get(ordinal).id() == id) {
                    return claim(source, ordinal);
                }
            }
            return -1;
        }

        private int claim(ByteSource source, int ordinal) {
            if (seen != null) {
                if (seen.get(ordinal)) {
                    throw source.malformed("a cell comes twice");
                }
                seen.set(ordinal);
            }
            expected = ordinal + 1;
            return ordinal;
        }
    }
}
