package dev.rowkeep.internal.codec;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Layouts as bytes, in the form that {@code docs/shipping.md} describes. */
final class LayoutCodec {
    private static final int LEAST_COLUMN = 6;
    private static final int LEAST_INDEX = 2;

    private LayoutCodec() {}

    static void write(ByteSink sink, StoreLayout layout) {
        sink.varint(layout.id());
        sink.text(layout.name());
        write(sink, layout.key());
        sink.varint(layout.columns().size());
        layout.columns().forEach(column -> write(sink, column));
        sink.varint(layout.indexes().size());
        for (LayoutIndex index : layout.indexes()) {
            writeTexts(sink, index.columns());
            sink.text(index.uniqueness().name());
        }
    }

    static StoreLayout read(ByteSource source) {
        int id = source.columnId();
        String name = source.text();
        LayoutColumn key = readColumn(source);
        List<LayoutColumn> columns = new ArrayList<>();
        for (int left = source.count(LEAST_COLUMN); left > 0; left--) {
            columns.add(readColumn(source));
        }
        List<LayoutIndex> indexes = new ArrayList<>();
        for (int left = source.count(LEAST_INDEX); left > 0; left--) {
            List<String> of = readTexts(source);
            String uniqueness = source.text();
            indexes.add(new LayoutIndex(of, known(source, () -> Uniqueness.valueOf(uniqueness))));
        }
        return new StoreLayout(id, name, key, columns, indexes);
    }

    private static void write(ByteSink sink, LayoutColumn column) {
        sink.varint(column.id());
        sink.text(column.name());
        sink.text(column.type().kind().name());
        sink.varint(column.type().precision());
        sink.varint(column.type().scale());
        writeTexts(sink, column.type().names());
    }

    private static LayoutColumn readColumn(ByteSource source) {
        int id = source.columnId();
        String name = source.text();
        String kind = source.text();
        int precision = source.scale();
        int scale = source.scale();
        List<String> names = readTexts(source);
        return new LayoutColumn(id, name, known(source, () -> type(Kind.valueOf(kind), precision, scale, names)));
    }

    private static ColumnType<?> type(Kind kind, int precision, int scale, List<String> names) {
        return switch (kind) {
            case TEXT -> ColumnType.TEXT;
            case INTEGER -> ColumnType.INTEGER;
            case DECIMAL -> ColumnType.decimal(precision, scale);
            case DOUBLE -> ColumnType.DOUBLE;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case DATE -> ColumnType.DATE;
            case TIMESTAMP -> ColumnType.TIMESTAMP;
            case UUID -> ColumnType.UUID;
            case ENUM -> ColumnType.enumeration(names);
            case BYTES -> ColumnType.BYTES;
            case TEXT_SET -> ColumnType.TEXT_SET;
            case JSON -> ColumnType.JSON;
        };
    }

    private static <T> T known(ByteSource source, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw source.malformed("a layout names what is not known here", e);
        }
    }

    private static void writeTexts(ByteSink sink, List<String> texts) {
        sink.varint(texts.size());
        texts.forEach(sink::text);
    }

    private static List<String> readTexts(ByteSource source) {
        List<String> texts = new ArrayList<>();
        for (int left = source.count(1); left > 0; left--) {
            texts.add(source.text());
        }
        return texts;
    }
}
